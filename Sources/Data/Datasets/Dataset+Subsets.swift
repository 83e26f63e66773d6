public import Randomness

extension Dataset {
  /// The data without some classes, as when a class is an artefact of acquisition.
  ///
  /// - Parameter names: classes to leave out.
  /// - Throws: ``DatasetError/unknownClasses(_:known:)`` when a name is no class of the data.
  public func dropping(classes names: [String]) throws(DatasetError) -> Dataset {
    let known = ClassList(Set(examples.compactMap(\.label)))
    let unknown = names.filter { known.index(of: $0) == nil }
    guard unknown.isEmpty else { throw .unknownClasses(unknown, known: known.names) }
    let dropped = Set(names)
    var rest = self
    rest.examples = examples.filter { example in example.label.map { !dropped.contains($0) } ?? true
    }
    return rest
  }

  /// The data with a long-tailed training part: class c keeps as many examples as the ``TailShape`` says, at
  /// least 1, drawn without replacement; val and test stay whole.
  ///
  /// Departs from the code of the papers: n_max is the largest class, and a class never gets more than it has.
  ///
  /// - Parameters:
  ///   - imbalance: IR = n_max / n_min, at least 1; classes in the order of ``trainingClasses()``.
  ///   - shape: how sizes fall from the first class to the last.
  ///   - key: decides which examples stay; the same key keeps the same ones,
  ///     whatever the order of the examples.
  /// - Throws: ``DatasetError/badParameter(name:value:expected:)`` when `imbalance` is below 1.
  public func longTailed(
    imbalance: Double, shape: TailShape = .exponential, key: RandomKey
  ) throws(DatasetError) -> Dataset {
    guard imbalance >= 1, imbalance.isFinite else {
      throw .badParameter(
        name: "imbalance", value: "\(imbalance)", expected: "a ratio of at least 1")
    }
    let isSplit = examples.contains { $0.split != nil }
    var members: [String: [Int]] = [:]
    for index in byPath(examples.indices) where !isSplit || examples[index].split == .train {
      if let label = examples[index].label { members[label, default: []].append(index) }
    }
    let classes = ordered(members.keys)
    let sizes = classes.names.map { members[$0]?.count ?? 0 }
    let targets = Self.longTail(of: sizes, imbalance: imbalance, shape: shape)
    var dropped = Set<Int>()
    for (number, name) in classes.names.enumerated() {
      guard let all = members[name] else { continue }
      var random = key.folding("long tail").folding(number).source
      dropped.formUnion(random.shuffle(all.count)[targets[number]...].map { all[$0] })
    }
    var rest = self
    rest.examples = examples.indices.filter { !dropped.contains($0) }.map { examples[$0] }
    return rest
  }

  /// n_c for each class of `sizes`.
  package static func longTail(
    of sizes: [Int], imbalance: Double, shape: TailShape = .exponential
  ) -> [Int] {
    let most = Double(sizes.max() ?? 0)
    return sizes.enumerated().map { number, size in
      // A relative 1e-9: ten steps of a power must not lose an example to rounding.
      let exact = most * shape.share(of: number, among: sizes.count, imbalance: imbalance)
      return min(size, max(1, Int(exact * (1 + 1e-9))))
    }
  }
}
