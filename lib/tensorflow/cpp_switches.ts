/**
 * Switches that are not part of the C API: functions of C++ in TensorFlow's framework library under
 * their mangled names (tensor_float_32_utils.h, determinism.h, absl/log/globals.h). Another version
 * may lack them.
 */
export const cppSwitches = {
  enableTf32: {
    name: "_ZN3tsl32enable_tensor_float_32_executionEb",
    parameters: ["bool"],
    result: "void",
    optional: true,
  },
  tf32Enabled: {
    name: "_ZN3tsl33tensor_float_32_execution_enabledEv",
    parameters: [],
    result: "bool",
    optional: true,
  },
  enableDeterminism: {
    name: "_ZN3tsl19EnableOpDeterminismEb",
    parameters: ["bool"],
    result: "void",
    optional: true,
  },
  determinismRequired: {
    name: "_ZN3tsl21OpDeterminismRequiredEv",
    parameters: [],
    result: "bool",
    optional: true,
  },
  setLogLevel: {
    name: "_ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE",
    parameters: ["i32"],
    result: "void",
    optional: true,
  },
  logLevel: {
    name: "_ZN4absl12lts_2025081411MinLogLevelEv",
    parameters: [],
    result: "i32",
    optional: true,
  },
} as const satisfies Deno.ForeignLibraryInterface;
