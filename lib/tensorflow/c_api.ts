/**
 * The functions of TensorFlow's C library that this room calls, in the order of its headers
 * (tf_status.h, tf_tensor.h, tf_buffer.h, c_api.h, eager/c_api.h,
 * eager/c_api_experimental.h), each C parameter beside its
 * type.
 *
 * @module
 */

/** A `TF_Output` is a struct `{ TF_Operation* oper; int index; }`, passed by value. */
const output = { struct: ["pointer", "i32"] } as const;

/** The signatures as `Deno.dlopen` takes them. */
export const cApi = {
  TF_Version: { parameters: [], result: "pointer" },

  TF_NewStatus: { parameters: [], result: "pointer" },
  TF_DeleteStatus: { parameters: ["pointer"], result: "void" },
  TF_GetCode: { parameters: ["pointer"], result: "i32" },
  TF_Message: { parameters: ["pointer"], result: "pointer" },

  TF_AllocateTensor: {
    parameters: [
      "i32", // TF_DataType
      "buffer", // const int64_t* dims
      "i32", // int num_dims
      "usize", // size_t len
    ],
    result: "pointer",
  },
  TF_DeleteTensor: { parameters: ["pointer"], result: "void" },
  TF_TensorByteSize: { parameters: ["pointer"], result: "usize" },
  TF_TensorData: { parameters: ["pointer"], result: "pointer" },

  TF_NewBuffer: { parameters: [], result: "pointer" },
  TF_NewBufferFromString: {
    parameters: [
      "buffer", // const void* proto
      "usize", // size_t proto_len
    ],
    result: "pointer",
  },
  TF_DeleteBuffer: { parameters: ["pointer"], result: "void" },

  TF_NewGraph: { parameters: [], result: "pointer" },
  TF_DeleteGraph: { parameters: ["pointer"], result: "void" },
  TF_GraphGetTensorNumDims: {
    parameters: [
      "pointer", // TF_Graph* graph
      output, // TF_Output output
      "pointer", // TF_Status* status
    ],
    result: "i32",
  },
  TF_GraphGetTensorShape: {
    parameters: [
      "pointer", // TF_Graph* graph
      output, // TF_Output output
      "buffer", // int64_t* dims
      "i32", // int num_dims
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
  TF_NewOperation: {
    parameters: [
      "pointer", // TF_Graph* graph
      "buffer", // const char* op_type
      "buffer", // const char* oper_name
    ],
    result: "pointer",
  },
  TF_AddInput: { parameters: ["pointer", output], result: "void" },
  TF_AddControlInput: { parameters: ["pointer", "pointer"], result: "void" },
  TF_AddInputList: {
    parameters: [
      "pointer", // TF_OperationDescription* desc
      "buffer", // const TF_Output* inputs
      "i32", // int num_inputs
    ],
    result: "void",
  },
  TF_SetAttrString: { parameters: ["pointer", "buffer", "buffer", "usize"], result: "void" },
  TF_SetAttrStringList: {
    parameters: [
      "pointer", // TF_OperationDescription* desc
      "buffer", // const char* attr_name
      "buffer", // const void* const* values
      "buffer", // const size_t* lengths
      "i32", // int num_values
    ],
    result: "void",
  },
  TF_SetAttrInt: { parameters: ["pointer", "buffer", "i64"], result: "void" },
  TF_SetAttrIntList: { parameters: ["pointer", "buffer", "buffer", "i32"], result: "void" },
  TF_SetAttrFloat: { parameters: ["pointer", "buffer", "f32"], result: "void" },
  TF_SetAttrBool: { parameters: ["pointer", "buffer", "u8"], result: "void" },
  TF_SetAttrType: { parameters: ["pointer", "buffer", "i32"], result: "void" },
  TF_SetAttrShape: { parameters: ["pointer", "buffer", "buffer", "i32"], result: "void" },
  TF_SetAttrTensor: { parameters: ["pointer", "buffer", "pointer", "pointer"], result: "void" },
  TF_FinishOperation: {
    parameters: [
      "pointer", // TF_OperationDescription* desc
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TF_OperationOutputType: { parameters: [output], result: "i32" },
  TF_GraphGetOpDef: {
    parameters: [
      "pointer", // TF_Graph* graph
      "buffer", // const char* op_name
      "pointer", // TF_Buffer* output_op_def
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
  TF_GraphToGraphDef: {
    parameters: [
      "pointer", // TF_Graph* graph
      "pointer", // TF_Buffer* output_graph_def
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
  TF_GraphToFunction: {
    parameters: [
      "pointer", // const TF_Graph* fn_body
      "buffer", // const char* fn_name
      "u8", // unsigned char append_hash_to_fn_name
      "i32", // int num_opers
      "pointer", // const TF_Operation* const* opers
      "i32", // int ninputs
      "buffer", // const TF_Output* inputs
      "i32", // int noutputs
      "buffer", // const TF_Output* outputs
      "pointer", // const char* const* output_names
      "pointer", // const TF_FunctionOptions* opts
      "pointer", // const char* description
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TF_GetRegisteredKernelsForOp: {
    parameters: [
      "buffer", // const char* name
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TF_DeleteFunction: { parameters: ["pointer"], result: "void" },

  TF_NewSessionOptions: { parameters: [], result: "pointer" },
  TF_SetConfig: {
    parameters: [
      "pointer", // TF_SessionOptions* options
      "buffer", // const void* proto
      "usize", // size_t proto_len
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
  TF_DeleteSessionOptions: { parameters: ["pointer"], result: "void" },
  TF_NewSession: {
    parameters: [
      "pointer", // TF_Graph* graph
      "pointer", // const TF_SessionOptions* opts
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TF_CloseSession: { parameters: ["pointer", "pointer"], result: "void" },
  TF_DeleteSession: { parameters: ["pointer", "pointer"], result: "void" },
  TF_SessionRun: {
    parameters: [
      "pointer", // TF_Session* session
      "pointer", // const TF_Buffer* run_options
      "buffer", // const TF_Output* inputs
      "buffer", // TF_Tensor* const* input_values
      "i32", // int ninputs
      "buffer", // const TF_Output* outputs
      "buffer", // TF_Tensor** output_values
      "i32", // int noutputs
      "pointer", // const TF_Operation* const* target_opers
      "i32", // int ntargets
      "pointer", // TF_Buffer* run_metadata
      "pointer", // TF_Status* status
    ],
    result: "void",
  },

  TFE_NewContextOptions: { parameters: [], result: "pointer" },
  TFE_ContextOptionsSetConfig: {
    parameters: [
      "pointer", // TFE_ContextOptions* options
      "buffer", // const void* proto
      "usize", // size_t proto_len
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
  TFE_DeleteContextOptions: { parameters: ["pointer"], result: "void" },
  TFE_NewContext: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_DeleteContext: { parameters: ["pointer"], result: "void" },
  TFE_ContextListDevices: { parameters: ["pointer", "pointer"], result: "pointer" },
  TF_DeviceListCount: { parameters: ["pointer"], result: "i32" },
  TF_DeviceListType: { parameters: ["pointer", "i32", "pointer"], result: "pointer" },
  TF_DeleteDeviceList: { parameters: ["pointer"], result: "void" },
  TFE_NewTensorHandle: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_DeleteTensorHandle: { parameters: ["pointer"], result: "void" },
  TFE_TensorHandleDataType: { parameters: ["pointer"], result: "i32" },
  TFE_TensorHandleNumDims: { parameters: ["pointer", "pointer"], result: "i32" },
  TFE_TensorHandleDim: {
    parameters: [
      "pointer", // TFE_TensorHandle* h
      "i32", // int dim_index
      "pointer", // TF_Status* status
    ],
    result: "i64",
  },
  TFE_TensorHandleBackingDeviceName: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_TensorHandleCopySharingTensor: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_TensorHandleResolve: { parameters: ["pointer", "pointer"], result: "pointer" },
  TFE_TensorHandleCopyToDevice: {
    parameters: [
      "pointer", // TFE_TensorHandle* h
      "pointer", // TFE_Context* ctx
      "buffer", // const char* device_name
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TFE_NewOp: {
    parameters: [
      "pointer", // TFE_Context* ctx
      "buffer", // const char* op_or_function_name
      "pointer", // TF_Status* status
    ],
    result: "pointer",
  },
  TFE_DeleteOp: { parameters: ["pointer"], result: "void" },
  TFE_OpSetDevice: { parameters: ["pointer", "buffer", "pointer"], result: "void" },
  TFE_OpAddInput: { parameters: ["pointer", "pointer", "pointer"], result: "void" },
  TFE_OpSetAttrString: { parameters: ["pointer", "buffer", "buffer", "usize"], result: "void" },
  TFE_OpSetAttrStringList: {
    parameters: [
      "pointer", // TFE_Op* op
      "buffer", // const char* attr_name
      "buffer", // const void* const* value
      "buffer", // const size_t* lengths
      "i32", // int num_values
    ],
    result: "void",
  },
  TFE_OpSetAttrInt: { parameters: ["pointer", "buffer", "i64"], result: "void" },
  TFE_OpSetAttrFloat: { parameters: ["pointer", "buffer", "f32"], result: "void" },
  TFE_OpSetAttrBool: { parameters: ["pointer", "buffer", "u8"], result: "void" },
  TFE_OpSetAttrType: { parameters: ["pointer", "buffer", "i32"], result: "void" },
  TFE_OpSetAttrShape: {
    parameters: ["pointer", "buffer", "buffer", "i32", "pointer"],
    result: "void",
  },
  TFE_OpSetAttrIntList: { parameters: ["pointer", "buffer", "buffer", "i32"], result: "void" },
  TFE_Execute: {
    parameters: [
      "pointer", // TFE_Op* op
      "buffer", // TFE_TensorHandle** retvals
      "buffer", // int* num_retvals
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
  TFE_ContextAddFunction: { parameters: ["pointer", "pointer", "pointer"], result: "void" },
  TFE_ContextRemoveFunction: { parameters: ["pointer", "buffer", "pointer"], result: "void" },

  TFE_EnableCollectiveOps: {
    parameters: [
      "pointer", // TFE_Context* ctx
      "buffer", // const void* proto
      "usize", // size_t proto_len
      "pointer", // TF_Status* status
    ],
    result: "void",
  },
} as const satisfies Deno.ForeignLibraryInterface;
