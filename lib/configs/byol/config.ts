import type { Config, TeacherConfig } from "../config.ts";

/** The heads of BYOL: projector and predictor are made alike. */
export type ByolHeadConfig = {
  /** Hidden width of projector and predictor. */
  headHidden: number;
  /** Hidden width of the predictor, where it is another one. */
  predictorHidden: number;
  /** Width of the embeddings. */
  headOut: number;
};

/** All that BYOL depends on. */
export type ByolConfig = Config & ByolHeadConfig & TeacherConfig & {
  /**
   * Classes of a linear classifier that is trained on the features beside them, from which no
   * gradient reaches the backbone; 0 for none.
   */
  classes: number;
};
