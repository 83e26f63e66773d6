import Inference
import Testing

/// What is said of files and models that cannot be used: what was found, and what would do.
@Suite("Words of errors")
struct ErrorWordsTests {
  private static let one = String(repeating: "a", count: 64)
  private static let other = String(repeating: "b", count: 64)

  @Test(arguments: [
    (
      AdapterFileError.unknownKind("IA3", path: "a"),
      "a: an adapter of type IA3; LORA and ADAPTFORMER are read"
    ),
    (
      .unknownParts(["use_dora", "use_rslora"], path: "a"),
      "a: an adapter with use_dora, use_rslora, which is not read; plain LoRA is"
    ),
    (.unfit("expected a rank", path: "a"), "a: expected a rank"),
    (
      .otherBase(expected: one, got: other, path: "a"),
      "a: an adapter made beside weights of digest aaaaaaaaaaaaaaaa…, and these are of "
        + "bbbbbbbbbbbbbbbb…; it would mean nothing here: take the weights that it was made with"
    ),
  ])
  func adapters(error: AdapterFileError, text: String) { #expect(error.description == text) }

  @Test(arguments: [
    (
      EmbeddingError.otherPlan(folder: "f"),
      "f: holds parts of other weights, data or settings; go on with those it was begun with, or "
        + "begin anew"
    ),
    (.noFolder(folder: "f", reason: "no space"), "f: no space"),
    (
      .occupied(folder: "f", first: "notes.txt"),
      "f: holds notes.txt and no parts of features; move it away, or choose another output"
    ),
    (
      .unknownEnding("x.txt"),
      "x.txt: expected a file of features that ends in .npz, .npy, .csv or .safetensors; give it "
        + "one of these endings"
    ),
    (
      .noOrigin(features: "x.npz"),
      "x.npz: does not say of which network its features are, so no backbone can be put under a "
        + "head; make the features with steelyard embed"
    ),
    (
      .otherWeights(features: "x.npz", expected: one, path: "w", got: other),
      "w: is not what the features of x.npz were made with: its tensors have the digest "
        + "bbbbbbbbbbbbbbbb…, those of the features aaaaaaaaaaaaaaaa…"
    ),
    (
      .standsOnBackbone("m"),
      "m: stands on a backbone; take the features of the backbone's own weights"
    ),
  ])
  func features(error: EmbeddingError, text: String) { #expect(error.description == text) }

  @Test(arguments: [
    (
      ModelError.noDescription("w"),
      "w: weights without a description of classes and preprocessing; give a run directory or the "
        + "model.safetensors in it"
    ),
    (.badDescription("w", reason: "no classes"), "w: its description cannot be read: no classes"),
    (
      .badRule("w", reason: "no rule"),
      "w: its decision rule cannot be read: no rule; the weights are not concerned: leave the rule "
        + "out, or take it away"
    ),
    (
      .unknownArchitecture("resnet19", path: "w"),
      "w: made by an architecture 'resnet19' that this version does not know; see steelyard models"
    ),
  ])
  func models(error: ModelError, text: String) { #expect(error.description == text) }

  @Test(arguments: [
    (
      AdaptationError.oneHead(method: "erm"),
      "the model, trained by 'erm', has one head, so there are no experts to weigh; a method such "
        + "as sade trains several"
    ),
    (
      .noViews,
      "the model was trained without augmentation, so two views of an example are equal and say "
        + "nothing about its experts; train it on images with an augmentation"
    ),
    (.noImages, "there is no image that can be read, so there is nothing to weigh experts for"),
  ])
  func experts(error: AdaptationError, text: String) { #expect(error.description == text) }
}
