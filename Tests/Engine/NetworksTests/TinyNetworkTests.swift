import Networks
import OrderedCollections
import Randomness
import TestSupport
import Testing
import Torch
import Weights

/// A network of a user's own, of a few numbers: what of a file goes where, and what is said of the rest.
@Suite("Tiny networks")
struct TinyNetworkTests {
  /// A convolution and its normalisation, averaged over pixels.
  struct Trunk: Backbone {
    let featureCount = 3
    let convolution: Convolution
    let norm: BatchNorm

    init(_ initializer: Initializer) {
      convolution = Convolution(2, 3, .init(3), .heFanOut, using: initializer)
      norm = BatchNorm(3, using: initializer)
    }

    func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
      norm(convolution(x, context), context).mean(dims: [2, 3])
    }

    func visit(_ visitor: inout TensorVisitor) {
      visitor.layer("stem.conv", convolution)
      visitor.layer("stem.bn", norm)
    }
  }

  private func network(
    seed: UInt64 = 1, classes: Int = 2, branches: Int = 1, joins: Bool = false
  ) -> Network {
    let initializer = Initializer(generator: Generator(seed: seed))
    let style = HeadStyle(name: "fc")
    let trunks = (0..<branches).map { _ in Trunk(initializer) }
    let heads = (0..<(joins ? 1 : branches)).map { _ in
      style.head(
        .linear, features: joins ? 3 * branches : 3, classes: classes, using: initializer)
    }
    return Network(name: "tiny", branches: trunks, heads: heads, style: style)
  }

  private func numbers(_ network: Network) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: network.stateDict.map {
        ($0.key, $0.value.contiguous().scalars(as: Double.self))
      })
  }

  private let own = [
    "stem.conv.weight", "stem.bn.weight", "stem.bn.bias", "stem.bn.running_mean",
    "stem.bn.running_var", "stem.bn.num_batches_tracked", "fc.weight", "fc.bias",
  ]

  @Test func names() {
    #expect(Array(network().stateDict.keys) == own)
    #expect(network().headNames == ["fc.weight", "fc.bias"])
    let two = network(branches: 2)
    func branch(_ number: Int, _ names: [String]) -> [String] {
      names.map { "experts.\(number).\($0)" }
    }
    let both: [String] = branch(0, own) + branch(1, own)
    #expect(Array(two.stateDict.keys) == both)
    let last = Array(own.suffix(2))
    let heads: [String] = branch(0, last) + branch(1, last)
    #expect(two.headNames == heads)
    let joined = network(branches: 2, joins: true)
    let trunk = Array(own.dropLast(2))
    let sideBySide: [String] = branch(0, trunk) + branch(1, trunk) + last
    #expect(Array(joined.stateDict.keys) == sideBySide)
    #expect(joined.form.joinsFeatures && joined.stateDict["fc.weight"]?.shape == [2, 6])
  }

  /// Element types of a file become those of the network; names keep their meaning whatever the order.
  @Test(arguments: [DType.float64, .float32, .float16, .bfloat16])
  func elementTypes(dtype: DType) throws {
    let (source, target) = (network(seed: 2), network())
    var weights = StateDict()
    for (name, tensor) in source.stateDict.reversed() {
      weights[name] = tensor.dtype == .int64 ? Tensor(Int32(7)) : tensor.detached().to(dtype)
    }
    let report = try target.load(weights)
    #expect(Set(report.loaded) == Set(own) && report.unexpected.isEmpty)
    for (name, tensor) in target.stateDict {
      let expected = try #require(weights[name]).to(.float64).contiguous().scalars(as: Double.self)
      #expect(tensor.contiguous().scalars(as: Double.self) == expected, "\(name)")
      #expect(tensor.dtype == (name.hasSuffix("tracked") ? .int64 : .float32))
    }
  }

  /// What is copied is a copy: the file's tensors may change afterwards. A copy of the network is the network.
  @Test func copiesAndShares() throws {
    let target = network()
    let same = target
    var weights = network(seed: 2).stateDict
    weights["fc.bias"] = Tensor([3, 4] as [Float], shape: [2])
    try target.load(weights)
    withoutGradients { weights["fc.bias"]?.zero() }
    #expect(same.stateDict["fc.bias"]?.scalars(as: Float.self) == [3, 4])
    #expect(target.trainableParameters.count == 5 && target.parameters.count == 5)
  }

  /// Of a file with a network whole under one prefix and parts of it under others, the whole one is meant; what lies beside it is
  /// told by its name, and nothing is copied from there.
  @Test func prefixesAmongOthers() throws {
    var source = RandomSource(seed: 1)
    let words = ["model", "module", "a", "net-2", "é", "stem", "0", "ema", "fc"]
    func word() -> String { words[source.below(words.count)] }
    for _ in 0..<60 {
      let prefix = (0..<1 + source.below(3)).map { _ in word() + "." }.joined()
      let other = prefix + "x." + word() + "."
      let (inner, half) = (network(seed: 2), network(seed: 3))
      var entries: [(String, Tensor)] = inner.stateDict.map { (prefix + $0.key, $0.value) }
      // The others lack a tensor that is no counter.
      entries += half.stateDict.filter { $0.key != "stem.bn.running_var" }
        .map { (other + $0.key, $0.value) }
      entries.append(("step", Tensor(Int64(4))))
      let order = source.shuffle(entries.count)
      let weights = StateDict(uniqueKeysWithValues: order.map { entries[$0] })
      let target = network()
      let report = try target.loadPretrained(weights)
      #expect(report.prefix == prefix, "\(prefix) and \(other)")
      #expect(Set(report.loaded) == Set(own) && report.leftOut.isEmpty)
      #expect(numbers(target) == numbers(inner))
      #expect(report.unexpected.contains("step") && report.unexpected.count == 8)
    }
  }

  /// Whatever is wrong with a file, nothing of it is copied.
  @Test func nothingIsCopiedOfAWrongFile() throws {
    let target = network()
    let before = numbers(target)
    let whole = network(seed: 2).stateDict
    func words(_ change: (inout StateDict) -> Void, pretrained: Bool = false) -> String {
      var weights = whole
      change(&weights)
      do throws(WeightsError) {
        _ = try pretrained ? target.loadPretrained(weights) : target.load(weights)
        return "read"
      } catch {
        return error.description
      }
    }
    #expect(
      words { $0["stem.bn.bias"] = nil }
        == "the weights lack 'stem.bn.bias' of tiny; are they of another network?")
    #expect(
      words { for name in own where name != "fc.bias" { $0[name] = nil } }
        == "the weights lack 'stem.conv.weight', 'stem.bn.weight', 'stem.bn.bias' and 3 more of tiny; are they"
        + " of another network?")
    #expect(
      words { $0["stem.bn.bias"] = Tensor.zeros([1, 3]) }
        == "'stem.bn.bias' of tiny has shape [3], the weights have [1, 3]; are they of another network or class"
        + " count?")
    #expect(
      words { weights in
        weights["stem.bn.bias"] = Tensor.zeros([4])
        weights["fc.weight"] = nil
      }
        == "the weights are not those of tiny: 'stem.bn.bias' has shape [3], the weights have [4]; 'fc.weight'"
        + " has shape [2, 3], the weights lack it; are they of another network?")
    #expect(
      words { $0["more"] = Tensor.zeros([1]) }
        == "the weights have 'more', which tiny has not; are they of another network?")
    // The head may be another's, all else must be there.
    #expect(
      words({ $0["stem.conv.weight"] = nil }, pretrained: true)
        == "the weights lack 'stem.conv.weight' of tiny; are they of another network?")
    #expect(
      words({ $0["stem.bn.running_mean"] = Tensor.full([3], .nan) }, pretrained: true)
        == "the weights have 3 values that are NaN or infinite in 'stem.bn.running_mean' of tiny: the training"
        + " that made them diverged, or the file is damaged")
    #expect(numbers(target) == before)
    // A scalar is no vector of one, and a matrix no longer list of as many numbers.
    #expect(
      words { $0["stem.conv.weight"] = Tensor.zeros([3, 18]) }.hasPrefix(
        "'stem.conv.weight' of tiny has"))
    #expect(numbers(target) == before)
  }

  /// A head of which one tensor differs is left out whole; the counter may be missing.
  @Test func partsOfAHead() throws {
    for change in ["fc.weight", "fc.bias"] {
      for shape in [[5], nil] as [[Int]?] {
        let (source, target) = (network(seed: 2), network())
        var weights = source.stateDict
        weights[change] = shape.map { Tensor.zeros($0) }
        weights["stem.bn.num_batches_tracked"] = nil
        let before = numbers(target)
        let report = try target.loadPretrained(weights)
        #expect(report.leftOut == ["fc.weight", "fc.bias"])
        #expect(report.loaded == Array(own.prefix(5)))
        let after = numbers(target)
        for name in own {
          let expected =
            name.hasPrefix("fc") || name.hasSuffix("tracked") ? before : numbers(source)
          #expect(after[name] == expected[name], "\(name)")
        }
      }
    }
  }

  /// Weights of one branch go into each of several, under any prefix; a file that has branches goes branch by branch.
  @Test(arguments: ["", "module."]) func branches(prefix: String) throws {
    let (source, target) = (network(seed: 2), network(branches: 2))
    let weights = StateDict(
      uniqueKeysWithValues: source.stateDict.map { (prefix + $0.key, $0.value) })
    let report = try target.loadPretrained(weights)
    #expect(report.prefix == prefix && report.unexpected.isEmpty && report.leftOut.isEmpty)
    #expect(Set(report.copiedIntoBranches) == Set(own))
    let (plain, found) = (numbers(source), numbers(target))
    for name in own {
      for branch in 0..<2 { #expect(found["experts.\(branch).\(name)"] == plain[name], "\(name)") }
    }
    let other = network(seed: 5, branches: 2)
    _ = try other.loadPretrained(
      StateDict(uniqueKeysWithValues: target.stateDict.map { (prefix + $0.key, $0.value) }))
    #expect(numbers(other) == found)
  }

  /// Freezing by whole parts of names: every prefix of parts freezes what begins with it, and no part of a part does.
  @Test func freezingByPrefixes() {
    let parameters = ["stem.conv.weight", "stem.bn.weight", "stem.bn.bias", "fc.weight", "fc.bias"]
    for (prefixes, frozen) in [
      (["stem"], Array(parameters.prefix(3))), (["stem.bn"], Array(parameters[1..<3])),
      (["stem.b"], []), (["ste", "bn", "weight", ""], []), (["fc.bias"], ["fc.bias"]),
      (["fc", "stem.conv"], ["stem.conv.weight", "fc.weight", "fc.bias"]), (["stem."], []),
      ([], []), (["stem", "stem.bn", "stem"], Array(parameters.prefix(3))),
    ] as [([String], [String])] {
      let network = network()
      #expect(network.freeze(prefixes) == frozen, "\(prefixes)")
      #expect(
        network.trainableParameters.map(\.name) == parameters.filter { !frozen.contains($0) })
      // What is frozen once stays so; the running statistics of a frozen scale do not move.
      let before = network.stateDict["stem.bn.running_mean"]?.scalars(as: Float.self)
      _ = network(Tensor.ones([2, 2, 4, 4]), Context(training: true))
      let moved = network.stateDict["stem.bn.running_mean"]?.scalars(as: Float.self) != before
      #expect(moved == !frozen.contains("stem.bn.weight"))
      network.unfreeze()
      #expect(network.trainableParameters.count == 5)
    }
  }

  /// Features of the branches that are asked for, in that order; one head over both sees them side by side.
  @Test func branchesThatAreAskedFor() {
    let network = network(branches: 3)
    let x = Tensor.normal([4, 2, 5, 3], using: Generator(seed: 4))
    let all = network.features(x, Context()).map { $0.scalars(as: Float.self) }
    #expect(
      network.features(x, branches: [2, 0, 2], Context()).map { $0.scalars(as: Float.self) }
        == [all[2], all[0], all[2]])
    #expect(network.features(x, branches: [], Context()).isEmpty)
    let joined = self.network(branches: 2, joins: true)
    let features = joined.features(x, Context())
    let together = Tensor.concatenated(features, dim: 1)
    let (w, b) = (joined.stateDict["fc.weight"], joined.stateDict["fc.bias"])
    guard let w, let b else { return }
    #expect(
      difference(
        joined(x, Context()).scalars(as: Double.self),
        together.linear(w, b).scalars(as: Double.self), absolute: 1e-6) == nil)
  }
}
