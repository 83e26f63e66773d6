import Batches
import Imaging
import Inference
import Networks
import SteelyardCommand
import Testing

/// What is said of weights of others.
@Suite struct WeightsTextTests {
  private let report: LoadReport = {
    var report = LoadReport()
    report.loaded = ["a", "b"]
    report.leftOut = ["head.weight"]
    report.unexpected = (0..<9).map { "x.\($0)" }
    report.prefix = "backbone."
    report.spelling = "dinov3"
    report.regridded = "positions moved"
    return report
  }()

  @Test func trainNamesWhatItBeginsFromAndWhatItDoesNot() {
    #expect(
      WeightsText.lines(report) == [
        "pretrained: 2 tensors taken over, found under 'backbone.'",
        "pretrained: the file has names as dinov3 spells them; each was translated",
        "pretrained: positions moved",
        "pretrained: left as they were: head.weight",
        "pretrained: not used: x.0, x.1, x.2, x.3, x.4, x.5, x.6, x.7, … (9)",
      ])
  }

  /// Features do not pass the last layer; everything else is said as by `train`.
  @Test func embedSaysTheSameButOfTheLastLayer() {
    #expect(
      WeightsText.lines(report, featuresOf: "vit") == [
        "weights: 2 tensors of vit taken over, found under 'backbone.'",
        "weights: the file has names as dinov3 spells them; each was translated",
        "weights: positions moved",
        "weights: not used: x.0, x.1, x.2, x.3, x.4, x.5, x.6, x.7, … (9)",
      ])
  }

  /// Size, interpolation, and what of the image: said in full, for it decides what features are worth.
  @Test func whatTheNetworkSees() {
    var images = ImagePreprocessing(
      size: ImageSize(width: 32, height: 24), preset: .none,
      normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]))
    func words(_ what: String) -> String {
      "pretrained: images reach the network at 32 × 24 pixels (\(what)), in 0…1,"
        + " less (0.500, 0.500, 0.500), over (0.250, 0.250, 0.250)"
    }
    #expect(WeightsText.line(images) == words("bilinear, whole"))
    images.interpolation = .bicubic
    #expect(WeightsText.line(images) == words("bicubic, whole"))
    images = ImagePreprocessing(
      size: images.size, preset: .resizedCrop, normalization: images.normalization)
    #expect(
      WeightsText.line(images)
        == words("bilinear, a centre crop of 0.875 of the shorter side"))
    (images.interpolation, images.cropShare) = (.bicubic, 1)
    #expect(
      WeightsText.line(images) == words("bicubic, a centre crop of 1.000 of the shorter side"))
  }

  /// Every pooling has its own words, of the networks that have it.
  @Test(arguments: [
    (TokenPooling.token, "vit_small_patch14_dinov2", "the class token"),
    (.mean, "vit_small_patch16_dinov3", "the mean of the tokens of patches"),
    (
      .attention, "vit_base_patch16_siglip_224", "what a learned query gathers from the tokens"
    ),
  ])
  func poolingsHaveNames(pooling: TokenPooling, name: String, words: String) throws {
    let own = try Architectures.named(name).pooling
    #expect(own == pooling)
    #expect(WeightsText.line(pooling, own: own) == "pooling: features are \(words)")
    let other: TokenPooling = pooling == .mean ? .token : .mean
    #expect(
      WeightsText.line(pooling, own: other)
        == "pooling: features are \(words), which is not the network's own way")
  }
}
