import Console
import Foundation
import Methods
import Networks
import Plans
import SteelyardCommand
import Testing

/// What the lists say of every method, and of some networks, beside what follows from elsewhere.
@Suite struct CatalogueListingTests {
  /// Shares of stages are a whole run, and what is read follows from them.
  @Test func everyMethodAddsUp() throws {
    for kind in catalogue {
      let page = try MethodPage(kind)
      #expect(page.method.name == kind.name)
      #expect(
        !page.stages.isEmpty && page.stages.allSatisfy { (0...1).contains($0.share) },
        "\(kind.name)")
      #expect(abs(page.stages.map(\.share).reduce(0, +) - 1) < 1e-9, "\(kind.name)")
      let images = page.stages.reduce(0) { $0 + $1.share * $1.imagesPerRow }
      #expect(abs(page.images - images) < 1e-9, "\(kind.name)")
      #expect(
        page.labelMass.count == 3 && page.labelMass.allSatisfy { $0 >= 0 && $0.isFinite },
        "\(kind.name)")
      #expect(page.labelMass.reduce(0, +) <= 1 + 1e-6, "\(kind.name): \(page.labelMass)")
      #expect(page.method.parts.count == page.stages.count, "\(kind.name)")
    }
  }

  /// A method that draws rows as they come has the labels of the data: 900, 90 and 10 of 1,000.
  @Test func massesOfLabels() throws {
    func mass(_ name: String) throws -> [Double] { try MethodPage(method(named: name)).labelMass }
    for name in ["erm", "focal", "ldam", "balanced-softmax"] {
      let found = try mass(name)
      #expect(
        zip(found, [0.9, 0.09, 0.01]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(name): \(found)")
    }
    let balanced = try mass("class-balanced")
    #expect(balanced.allSatisfy { abs($0 - 1.0 / 3) < 1e-9 }, "\(balanced)")
    // √900 : √90 : √10 = 30 : 9.4868 : 3.1623.
    let roots = [30, 9.486_832_98, 3.162_277_66]
    let whole = roots.reduce(0, +)
    let found = try mass("square-root")
    #expect(zip(found, roots).allSatisfy { abs($0 - $1 / whole) < 1e-8 }, "\(found)")
  }

  /// JSON of every page is read back as the page, and has the same keys for every method.
  @Test func pagesAsJSON() throws {
    for kind in catalogue {
      let page = try MethodPage(kind)
      let data = try JSONEncoder().encode(page)
      #expect(try JSONDecoder().decode(MethodPage.self, from: data) == page, "\(kind.name)")
      let keys = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]).keys
      #expect(Set(keys) == ["method", "stages", "images", "labelMass"], "\(kind.name)")
    }
  }

  /// A class more is a row of weights and a bias more: of ResNet-20 64 + 1, of MobileNetV2 1,280 + 1.
  @Test(arguments: [("resnet20", 65), ("mobilenet_v2", 1281), ("resnet18", 513)])
  func aClassMore(_ name: String, _ more: Int) throws {
    let network = try Architectures.named(name)
    let sizes = [1, 2, 3, 10].map { ModelListing(network, classes: $0, imageSize: nil).parameters }
    #expect(
      sizes[1] - sizes[0] == more && sizes[2] - sizes[1] == more && sizes[3] - sizes[2] == 7 * more)
  }

  /// Twice the side is about four times the multiply-adds of a network of convolutions, and the same numbers to learn.
  @Test func aLargerImage() throws {
    let network = try Architectures.named("resnet20")
    let (small, large) = (
      ModelListing(network, classes: 10, imageSize: 32),
      ModelListing(network, classes: 10, imageSize: 64)
    )
    #expect(small.parameters == large.parameters)
    #expect(small.shape == [3, 32, 32] && large.shape == [3, 64, 64] && large.imageSize == 64)
    let ratio = Double(large.multiplyAdds) / Double(small.multiplyAdds)
    #expect((3.9...4.0).contains(ratio), "\(ratio)")
  }

  /// The doctor's lines stand below each other, and one failure is enough.
  @Test func checkups() {
    let checks = [
      Check("libtorch", .ok, "2.13.0"),
      Check("images", .limited, "no HEIC", fix: "install libheif"),
      Check("a name of more than thirteen", .failed, "missing", fix: "make build"),
    ]
    #expect(
      !Checkup(checks).healthy && Checkup(Array(checks.prefix(2))).healthy && Checkup([]).healthy)
    #expect(
      Checkup(checks).text(style: .plain) == """
        ok       libtorch     2.13.0
        limited  images       no HEIC
                              → install libheif
        failed   a name of more than thirteen missing
                              → make build

        """)
  }

  @Test func checkupsAsJSON() throws {
    let found = Checkup([Check("a", .limited, "b", fix: "c"), Check("d", .ok, "e")])
    let data = try JSONEncoder().encode(found)
    #expect(try JSONDecoder().decode(Checkup.self, from: data) == found)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let checks = try #require(object["checks"] as? [[String: String]])
    #expect(
      object["healthy"] as? Bool == true && checks[0]["status"] == "limited"
        && checks[1]["fix"] == nil)
  }
}
