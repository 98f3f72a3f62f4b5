import type { MugsConfig } from "../../configs/mod.ts";
import type { Random } from "../../random/mod.ts";
import { below, type Shapes } from "../../tree/mod.ts";
import { type Buffers, bufferShapes, initBuffers } from "./buffers.ts";
import {
  initNetwork,
  type MugsNetwork,
  studentShapes,
  teacherOf,
  teacherShapes,
} from "./network.ts";

/** What Mugs carries from step to step. */
export type MugsState = {
  learner: { student: MugsNetwork; teacher: MugsNetwork };
  buffers: Buffers;
};

/** The tensors of the networks and buffers. */
export function shapes(config: MugsConfig): Shapes {
  return {
    ...below("learner.student", studentShapes(config)),
    ...below("learner.teacher", teacherShapes(config)),
    ...below("buffers", bufferShapes(config)),
  };
}

/** The networks and buffers before the first step; the teacher equals the student. */
export function init(config: MugsConfig, random: Random): MugsState {
  const student = initNetwork(config, random.fork("student"));
  return {
    learner: { student, teacher: teacherOf(student) },
    buffers: initBuffers(config, random.fork("buffers")),
  };
}
