import OrderedCollections
import Randomness
import TestSupport
import Testing
import Torch
import Weights

/// Strided views of shared storages, as PyTorch has written them over the years.
@Suite("Views in PyTorch's files")
struct TorchViewTests {
  private static let expected =
    (try? Golden.load("Weights/views.json", as: [ExpectedValue].self)) ?? []

  private func check(_ state: StateDict, without missing: String? = nil) throws {
    let expected = Self.expected.filter { $0.name != missing }
    #expect(expected.count >= 21)
    #expect(Array(state.keys) == expected.map(\.name))
    for item in expected {
      let tensor = try #require(state[item.name])
      #expect(tensor.shape == item.shape, "\(item.name)")
      #expect(tensor.dtype.description == item.dtype, "\(item.name)")
      #expect(tensor.scalars(as: Double.self) == item.values, "\(item.name)")
      #expect(tensor.isContiguous && !tensor.requiresGrad, "\(item.name)")
    }
  }

  @Test(
    "every view of every protocol reads as PyTorch sees it",
    arguments: [
      "views-protocol2.pth", "views-protocol3.pth", "views-protocol4.pth", "views-protocol5.pth",
      "views-stream.pth", "views-wrapped.pth",
    ])
  func protocols(file: String) throws {
    try check(try TorchPickle.read(Golden.path("Weights/\(file)")))
    try check(try WeightsFile.read(Golden.path("Weights/\(file)")))
  }

  @Test("so do those of PyTorch before 0.4, which names another function")
  func oldest() throws {
    try check(
      try TorchPickle.read(Golden.path("Weights/views-oldest.pth")), without: "parameter")
  }

  /// Tensors of one storage are copies: what is done to one is not done to the others.
  @Test func sharedStoragesAreCopied() throws {
    let state = try TorchPickle.read(Golden.path("Weights/views-protocol2.pth"))
    let (whole, turned) = (try #require(state["whole"]), try #require(state["turned"]))
    let before = turned.scalars(as: Float.self)
    withoutGradients { whole.zero() }
    #expect(whole.scalars(as: Float.self).allSatisfy { $0 == 0 })
    #expect(turned.scalars(as: Float.self) == before)
    let expanded = try #require(state["expanded"])
    withoutGradients {
      expanded.narrowed(dim: 0, start: 0, length: 1).zero()
    }
    #expect(expanded.scalars(as: Float.self).dropFirst(4).allSatisfy { $0 != 0 })
  }

  @Test(
    "an element type that is not read is named, and not taken for something that would be run",
    arguments: [
      ("short", "torch.ShortStorage"), ("char", "torch.CharStorage"),
      ("complex", "torch.ComplexFloatStorage"), ("uint16", "torch._utils._rebuild_tensor_v3"),
    ])
  func unread(file: String, name: String) {
    let path = Golden.path("Weights/unread-\(file).pth")
    let reason =
      "it has tensors (\(name)) of a type that is not read; those that are: float32, float64, bfloat16,"
      + " float16, int64, int32, uint8, bool"
    #expect(throws: WeightsError.malformed(path: path, format: .pytorch, reason: reason)) {
      try TorchPickle.read(path)
    }
  }

  /// All offsets of a view, by counting through its indices: what PyTorch's strides mean.
  private func offsets(_ offset: Int, _ shape: [Int], _ strides: [Int]) -> [Int] {
    zip(shape, strides).reduce([offset]) { places, axis in
      places.flatMap { place in (0..<axis.0).map { place + $0 * axis.1 } }
    }
  }

  /// A view whose every element lies in the storage, and that has no more elements than it, is those elements; another is
  /// refused by its shape.
  @Test(arguments: [false, true]) func drawnViews(isStream: Bool) throws {
    var source = RandomSource(seed: 11)
    let values = (0..<24).map { Float($0) / 4 - 2 }
    let bytes = PickledBytes.floats(values)
    var counts = (read: 0, refused: 0)
    for _ in 0..<400 {
      let rank = source.below(5)
      let shape = (0..<rank).map { _ in source.below(10) == 0 ? 0 : 1 + source.below(4) }
      let strides = (0..<rank).map { _ in source.below(8) }
      let offset = source.below(12)
      let places = offsets(offset, shape, strides)
      let view = PickledBytes.dictionary([
        (
          "w",
          PickledBytes.tensor(
            PickledBytes.storage("7", 24), offset: offset, shape: shape, strides: strides)
        )
      ])
      let file =
        isStream
        ? PickledBytes.stream(view, storages: [("7", 24, bytes)])
        : PickledBytes.archive(view, storages: [("7", bytes)])
      if places.count <= 24 && places.allSatisfy({ $0 < 24 }) {
        let tensor = try #require(try TorchPickleTests.parse(file)["w"])
        #expect(tensor.shape == shape)
        #expect(
          tensor.scalars(as: Float.self) == places.map { values[$0] },
          "\(shape) \(strides) \(offset)")
        counts.read += 1
      } else {
        #expect(
          throws: WeightsError.malformed(
            path: "m.pth", format: .pytorch,
            reason: "a tensor of shape \(shape) lies outside its storage")
        ) { try TorchPickleTests.parse(file) }
        counts.refused += 1
      }
    }
    #expect(counts.read > 50 && counts.refused > 50)
  }

  /// The same storage seen by two tensors is described twice and stored once, in either container.
  @Test func twoViewsOfOneStorage() throws {
    let storage = PickledBytes.storage("0", 6)
    let both = PickledBytes.dictionary([
      ("a", PickledBytes.tensor(storage, shape: [2, 3], strides: [3, 1])),
      ("b", PickledBytes.tensor(storage, offset: 5, shape: [], strides: [])),
      ("c", PickledBytes.tensor(storage, shape: [3, 2], strides: [1, 3])),
    ])
    let bytes = PickledBytes.floats([1, 2, 3, 4, 5, 6])
    for file in [
      PickledBytes.archive(both, storages: [("0", bytes)]),
      PickledBytes.stream(both, storages: [("0", 6, bytes)]),
    ] {
      let state = try TorchPickleTests.parse(file)
      #expect(state["a"]?.scalars(as: Float.self) == [1, 2, 3, 4, 5, 6])
      #expect(state["b"]?.shape == [] && state["b"]?.scalars(as: Float.self) == [6])
      #expect(state["c"]?.scalars(as: Float.self) == [1, 4, 2, 5, 3, 6])
    }
  }
}
