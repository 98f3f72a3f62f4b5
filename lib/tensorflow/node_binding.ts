import { attributeTypes } from "./attribute.ts";
import { dtypes } from "./dtype.ts";

/** What tfjs-node expects of a binding beside operations: constants, and models that are saved. */
export class NodeBinding {
  /** The number of the element type float32. */
  readonly TF_FLOAT: number = dtypes.float32;
  /** The number of the element type int32. */
  readonly TF_INT32: number = dtypes.int32;
  /** The number of the element type int64. */
  readonly TF_INT64: number = dtypes.int64;
  /** The number of the element type bool. */
  readonly TF_BOOL: number = dtypes.bool;
  /** The number of the element type complex64. */
  readonly TF_COMPLEX64: number = dtypes.complex64;
  /** The number of the element type string. */
  readonly TF_STRING: number = dtypes.string;
  /** The number of the element type resource. */
  readonly TF_RESOURCE: number = dtypes.resource;
  /** The number of the element type uint8. */
  readonly TF_UINT8: number = dtypes.uint8;
  /** The number of the attribute kind string. */
  readonly TF_ATTR_STRING: number = attributeTypes.string;
  /** The number of the attribute kind int. */
  readonly TF_ATTR_INT: number = attributeTypes.int;
  /** The number of the attribute kind float. */
  readonly TF_ATTR_FLOAT: number = attributeTypes.float;
  /** The number of the attribute kind bool. */
  readonly TF_ATTR_BOOL: number = attributeTypes.bool;
  /** The number of the attribute kind type. */
  readonly TF_ATTR_TYPE: number = attributeTypes.type;
  /** The number of the attribute kind shape. */
  readonly TF_ATTR_SHAPE: number = attributeTypes.shape;
  /** The number of the attribute kind resource. */
  readonly TF_ATTR_RESOURCE: number = attributeTypes.resource;

  /**
   * Not supported: models are written in TypeScript, and weights come as safetensors.
   *
   * @throws {Error} Always.
   */
  loadSavedModel(): never {
    throw new Error(
      "Cannot load a SavedModel: the tensorflow backend runs TensorFlow.js code only",
    );
  }

  /** Does nothing: no SavedModel can have been loaded. */
  deleteSavedModel(): void {}

  /**
   * Not supported, like {@linkcode loadSavedModel}.
   *
   * @throws {Error} Always.
   */
  runSavedModel(): never {
    return this.loadSavedModel();
  }

  /** Always 0: no SavedModel can have been loaded. */
  getNumOfSavedModels(): number {
    return 0;
  }
}
