/**
 * The kernels for NVIDIA GPUs in TensorFlow 2.21's CUDA wheel, of the operations that this library
 * uses: the types of element that each attribute may have (of those that are used here), and the
 * arguments that stay in the host's memory. The wheel's own registry says so, without a GPU; a test
 * compares the two wherever that wheel is at hand (`MUGS_TENSORFLOW`).
 */
export const gpuKernelTable: Readonly<Record<string, readonly string[]>> = {
  Abs: [
    "T=bfloat16,float32,int64",
    "T=int32 host=x,y",
  ],
  Acos: [
    "T=bfloat16,float32",
  ],
  Add: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  AddN: [
    "T=bfloat16,float32,int64",
    "T=int32 host=inputs,sum",
  ],
  AddV2: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  ArgMax: [
    "T=bfloat16,bool,float32 Tidx=int32 output_type=int32,int64 host=dimension",
  ],
  ArgMin: [
    "T=bfloat16,bool,float32 Tidx=int32 output_type=int32,int64 host=dimension",
  ],
  Asinh: [
    "T=bfloat16,float32",
  ],
  Atan: [
    "T=bfloat16,float32",
  ],
  Atan2: [
    "T=bfloat16,float32",
  ],
  AvgPool: [
    "T=bfloat16,float32",
  ],
  AvgPoolGrad: [
    "T=bfloat16,float32 host=orig_input_shape",
  ],
  BatchMatMulV2: [
    "T=bfloat16,float32",
  ],
  Cast: [
    "DstT=bfloat16,bool,float32,int32,int64,uint8 SrcT=bfloat16,bool,float32,int32,int64,uint8",
  ],
  Ceil: [
    "T=bfloat16,float32",
  ],
  ConcatV2: [
    "T=bfloat16,bool,float32,int64,uint8 host=axis",
    "T=int32 host=axis,output,values",
  ],
  Const: [
    "dtype=bfloat16,bool,float32,int64,uint8",
    "dtype=int32 host=output",
  ],
  Conv2D: [
    "T=bfloat16,float32,int32",
  ],
  Conv2DBackpropFilter: [
    "T=bfloat16,float32 host=filter_sizes",
  ],
  Conv2DBackpropInput: [
    "T=bfloat16,float32,int32 host=input_sizes",
  ],
  Cos: [
    "T=bfloat16,float32",
  ],
  Cosh: [
    "T=bfloat16,float32",
  ],
  Cumprod: [
    "T=bfloat16,float32,int32,int64 Tidx=int32,int64 host=axis",
  ],
  Cumsum: [
    "T=bfloat16,float32,int32,int64 Tidx=int32,int64 host=axis",
  ],
  DepthwiseConv2dNative: [
    "T=bfloat16,float32",
  ],
  DepthwiseConv2dNativeBackpropFilter: [
    "T=bfloat16,float32 host=filter_sizes",
  ],
  DepthwiseConv2dNativeBackpropInput: [
    "T=bfloat16,float32 host=input_sizes",
  ],
  Elu: [
    "T=bfloat16,float32",
  ],
  EluGrad: [
    "T=bfloat16,float32",
  ],
  Equal: [
    "T=bfloat16,bool,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Erf: [
    "T=bfloat16,float32",
  ],
  EuclideanNorm: [
    "T=bfloat16,float32 Tidx=int32,int64 host=reduction_indices",
  ],
  Exp: [
    "T=bfloat16,float32",
  ],
  ExpandDims: [
    "T=bfloat16,bool,float32,int64,uint8 Tdim=int32,int64 host=dim",
    "T=int32 Tdim=int32,int64 host=dim,input,output",
  ],
  Expm1: [
    "T=bfloat16,float32",
  ],
  Fill: [
    "T=bfloat16,bool,float32,int64,uint8 index_type=int32,int64 host=dims",
    "T=int32 index_type=int32 host=dims,output,value",
  ],
  Floor: [
    "T=bfloat16,float32",
  ],
  FloorDiv: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  FloorMod: [
    "T=float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  FusedBatchNorm: [
    "T=float32",
  ],
  FusedBatchNormGradV2: [
    "T=bfloat16,float32 U=float32",
  ],
  FusedBatchNormV2: [
    "T=bfloat16,float32 U=float32",
  ],
  GatherNd: [
    "Tindices=int32,int64 Tparams=bfloat16,float32,int32,int64",
  ],
  GatherV2: [
    "Tindices=int32,int64 Tparams=bfloat16,bool,float32,int32,int64 host=axis",
  ],
  Greater: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  GreaterEqual: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Identity: [
    "T=bfloat16,bool,float32,int64,uint8",
    "T=int32 host=input,output",
  ],
  IsNan: [
    "T=bfloat16,float32",
  ],
  LeakyRelu: [
    "T=bfloat16,float32",
  ],
  Less: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  LessEqual: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Log: [
    "T=bfloat16,float32",
  ],
  Log1p: [
    "T=bfloat16,float32",
  ],
  LogicalAnd: [
    "",
  ],
  LogicalNot: [
    "",
  ],
  MatMul: [
    "T=bfloat16,float32",
  ],
  Max: [
    "T=bfloat16,float32,int64 Tidx=int32,int64 host=reduction_indices",
    "T=int32 Tidx=int32,int64 host=input,output,reduction_indices",
  ],
  MaxPool: [
    "T=bfloat16,float32",
  ],
  MaxPoolGrad: [
    "T=bfloat16,float32",
  ],
  Maximum: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Mean: [
    "T=bfloat16,float32 Tidx=int32,int64 host=reduction_indices",
  ],
  Min: [
    "T=bfloat16,float32 Tidx=int32,int64 host=reduction_indices",
    "T=int32 Tidx=int32,int64 host=input,output,reduction_indices",
  ],
  Minimum: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Mul: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Neg: [
    "T=bfloat16,float32,int64",
    "T=int32 host=x,y",
  ],
  OneHot: [
    "T=bfloat16,bool,float32,int32,int64 TI=int32,int64,uint8 host=depth",
  ],
  Pack: [
    "T=bfloat16,bool,float32,int64",
    "T=int32 host=output,values",
  ],
  PadV2: [
    "T=bfloat16,bool,float32,uint8 Tpaddings=int32,int64 host=constant_values,paddings",
    "T=int32 Tpaddings=int32,int64 host=constant_values,input,output,paddings",
  ],
  Placeholder: [
    "",
  ],
  Pow: [
    "T=bfloat16,float32,int64",
  ],
  Prod: [
    "T=bfloat16,float32,int32,int64 Tidx=int32,int64 host=reduction_indices",
  ],
  Range: [
    "Tidx=bfloat16,float32,int64 host=delta,limit,start",
    "Tidx=int32 host=delta,limit,output,start",
  ],
  RealDiv: [
    "T=bfloat16,float32",
  ],
  Reciprocal: [
    "T=bfloat16,float32,int64",
  ],
  Relu: [
    "T=bfloat16,float32,int64,uint8",
  ],
  Relu6: [
    "T=bfloat16,float32",
  ],
  ReluGrad: [
    "T=bfloat16,float32",
  ],
  Reshape: [
    "T=bfloat16,bool,float32,int64,uint8 Tshape=int32,int64 host=shape",
    "T=int32 Tshape=int32,int64 host=output,shape,tensor",
  ],
  ResizeBilinear: [
    "T=bfloat16,float32 host=size",
  ],
  ResizeBilinearGrad: [
    "T=bfloat16,float32",
  ],
  ReverseV2: [
    "T=bfloat16,bool,float32,uint8 Tidx=int32,int64 host=axis",
    "T=int32 Tidx=int32,int64 host=axis,output,tensor",
  ],
  Round: [
    "T=bfloat16,float32,int32,int64",
  ],
  Rsqrt: [
    "T=bfloat16,float32",
  ],
  ScatterNd: [
    "T=bfloat16,float32,int64,uint8 Tindices=int32,int64 host=shape",
    "T=int32 Tindices=int32,int64 host=indices,output,shape,updates",
  ],
  Select: [
    "T=bfloat16,bool,float32,int32,int64",
  ],
  Selu: [
    "T=bfloat16,float32",
  ],
  Sigmoid: [
    "T=bfloat16,float32",
  ],
  Sign: [
    "T=bfloat16,float32,int64",
    "T=int32 host=x,y",
  ],
  Sin: [
    "T=bfloat16,float32",
  ],
  Sinh: [
    "T=bfloat16,float32",
  ],
  Slice: [
    "T=bfloat16,bool,float32,int64 host=begin,size",
    "T=int32 host=begin,input,output,size",
  ],
  Softmax: [
    "T=bfloat16,float32",
  ],
  Softplus: [
    "T=float32",
  ],
  SplitV: [
    "T=bfloat16,float32 Tlen=int32,int64 host=size_splits,split_dim",
    "T=int32 Tlen=int32,int64 host=output,size_splits,split_dim,value",
  ],
  Sqrt: [
    "T=bfloat16,float32",
  ],
  Square: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y",
  ],
  SquaredDifference: [
    "T=bfloat16,float32,int64",
    "T=int32 host=x,y,z",
  ],
  StridedSlice: [
    "T=bfloat16,bool,float32,int64,uint8 host=begin,end,strides",
    "T=int32 host=begin,end,input,output,strides",
  ],
  Sub: [
    "T=bfloat16,float32,int64,uint8",
    "T=int32 host=x,y,z",
  ],
  Sum: [
    "T=bfloat16,float32,int64 Tidx=int32,int64 host=reduction_indices",
    "T=int32 Tidx=int32,int64 host=input,output,reduction_indices",
  ],
  Tanh: [
    "T=bfloat16,float32",
  ],
  TensorScatterUpdate: [
    "T=float32,int64 Tindices=int32,int64",
    "T=int32 Tindices=int32,int64 host=indices,output,tensor,updates",
  ],
  Tile: [
    "T=bfloat16,bool,float32,int32,int64 Tmultiples=int32,int64 host=multiples",
  ],
  TopKV2: [
    "T=bfloat16,float32,int32,int64,uint8 index_type=int32 host=k",
  ],
  Transpose: [
    "T=bfloat16,bool,float32,int32,int64,uint8 host=perm",
  ],
  Unpack: [
    "T=bfloat16,bool,float32,uint8",
    "T=int32,int64 host=output,value",
  ],
  UnsortedSegmentSum: [
    "T=bfloat16,float32,int32 Tindices=int32,int64 host=num_segments",
  ],
  ZerosLike: [
    "T=bfloat16,bool,float32,int64,uint8",
    "T=int32 host=y",
  ],
  _FusedMatMul: [
    "T=bfloat16,float32",
  ],
};
