import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Files of other packages, by the names of those packages: what comes out is what the package itself answers.
@Suite("Files of other packages")
struct SpelledNetworkTests {
  /// One file, and what its package makes of an image.
  struct Case: Decodable {
    struct Entry: Decodable {
      let name: String
      let shape: [Int]
      /// Whether it is numbers, and no indices.
      let isFraction: Bool

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        name = try list.decode(String.self)
        shape = try list.decode([Int].self)
        isFraction = try list.decode(Bool.self)
      }
    }

    let network, spelling: String
    let tensors: [Entry]
    let side: Int
    let isLogits: Bool
    let values: [Double]

    /// The file, by the rule of `golden.py`.
    func weights(_ dtype: DType, under prefix: String = "") -> StateDict {
      StateDict(
        uniqueKeysWithValues: tensors.enumerated().map { number, entry in
          (prefix + entry.name, entry.isFraction ? tensor(number, entry, dtype) : .zeros(entry.shape))
        })
    }

    private func tensor(_ number: Int, _ entry: Entry, _ dtype: DType) -> Tensor {
      let count = entry.shape.reduce(1, *)
      let values = GoldenRule.centred(number, count).map { value in
        if entry.shape.count > 1 {
          return value * (12 / Double(count / entry.shape[0])).squareRoot()
        }
        if entry.name.hasSuffix("running_var") { return 1 + value }
        return entry.name.hasSuffix("weight") ? 1 + 0.5 * value : 0.5 * value
      }
      return Tensor(values, shape: entry.shape).to(dtype)
    }
  }

  static let names = gaps.keys.sorted()
  /// A tensor of each file, and what the network calls it.
  private static let gaps = [
    "densenet121": (
      "features.denseblock3.denselayer24.conv.2.weight",
      "features.denseblock3.denselayer24.conv2.weight"
    )
  ]

  private static func golden(_ name: String) throws -> Case {
    try #require(try Golden.load("Networks/spelled.json", as: [String: Case].self)[name])
  }

  private func network(_ name: String, _ dtype: DType) throws -> Network {
    try Architectures.named(name).build(
      classes: 5, inputs: 3, form: NetworkForm(),
      using: Initializer(dtype: dtype, generator: nil))
  }

  @Test("answers as the package does", arguments: names)
  func answers(name: String) throws {
    let golden = try Self.golden(name)
    let network = try network(golden.network, .float64)
    let report = try network.loadPretrained(golden.weights(.float64))
    #expect(report.spelling == golden.spelling && report.prefix.isEmpty)
    #expect(report.unexpected.isEmpty, "\(report.unexpected)")
    #expect(report.leftOut == (golden.isLogits ? [] : network.headNames))
    let images = inLayout(
      GoldenRule.tensor(10_000, [1, 3, golden.side, golden.side], scale: 3.4, .float64))
    let found = withoutGradients {
      golden.isLogits ? network(images, Context()) : network.features(images, Context())[0]
    }
    // Positions of some packages are in float32.
    #expect(
      difference(found.scalars(as: Double.self), golden.values, relative: 1e-6, absolute: 1e-7)
        == nil)
  }

  /// A wrapper's name before all of them, an unknown tensor, and a gap, which is named as the network names it.
  @Test("a prefix is found, and what is over or missing is said", arguments: names)
  func prefixesAndGaps(name: String) throws {
    let golden = try Self.golden(name)
    var weights = golden.weights(.float32, under: "module.net.")
    weights["module.net.unheard.of"] = .zeros([1])
    let report = try network(golden.network, .float32).loadPretrained(weights)
    #expect(report.spelling == golden.spelling && report.prefix == "module.net.")
    #expect(report.unexpected == ["unheard.of"])
    let (theirs, own) = try #require(Self.gaps[name])
    try #require(weights.removeValue(forKey: "module.net." + theirs) != nil)
    let error = WeightsError.missing(network: golden.network, names: [own])
    #expect(throws: error) { try self.network(golden.network, .float32).loadPretrained(weights) }
  }
}
