import Networks
import TestSupport
import Testing

/// What published weights see of an image, as the packages that publish them say.
@Suite("Views of published weights")
struct PublishedViewTests {
  struct View: Decodable {
    let share: Double
    let interpolation: String
    let side: Int
    let mean, std: [Double]
  }

  @Test("share, interpolation and normalisation are the packages'")
  func view() throws {
    let views = try Golden.load("Networks/views.json", as: [String: View].self)
    #expect(views.count == 58)
    for (name, view) in views {
      let architecture = try Architectures.named(name)
      #expect(architecture.view.cropShare == view.share, "\(name)")
      #expect(architecture.view.isBicubic == (view.interpolation == "bicubic"), "\(name)")
      // timm rounds (p − 127) / 128; its finer-tuned EfficientNet-B1, and LAION's ViT-L/14, have their own.
      if name.contains("lite") || Self.ownInput.contains(name) { continue }
      #expect(architecture.mean == view.mean && architecture.std == view.std, "\(name)")
      #expect(architecture.defaultImageSize == view.side, "\(name)")
    }
  }

  private static let ownInput = ["efficientnet_b1_torch", "vit_large_patch14_clip_224"]

  @Test(
    "what has no published weights is seen as torchvision's are",
    arguments: ["resnet20", "bit_m_r50x1"])
  func others(name: String) throws {
    let view = try Architectures.named(name).view
    #expect(view.cropShare == 0.875 && !view.isBicubic)
  }
}
