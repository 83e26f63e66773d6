import Randomness
import SteelyardCommand
import Testing

/// Flags over a file over a protocol over defaults, on many drawn options: the same in whatever steps the layers are put together,
/// with the origin that a person would name.
@Suite struct LayersOfOptionsTests {
  private typealias Setter = @Sendable (inout TrainOptions, inout RandomSource) -> Void

  /// Options of every kind that do not depend on each other.
  private let setters: [Setter] = [
    { $0.lr = Double(1 + $1.below(9)) / 8 }, { $0.epochs = 1 + $1.below(5) },
    { $0.clipGrad = $1.below(3) == 0 ? nil : Double(1 + $1.below(4)) },
    { $0.nesterov = $1.below(2) == 0 }, { $0.batchSize = 1 + $1.below(64) },
    { $0.set = ["a": "\($1.below(3))"] }, { $0.set = ["b": "\($1.below(3))", "c": "x y"] },
    { $0.dropClass = (0..<1 + $1.below(3)).map { "class \($0)" } },
    { $0.labelColumn = $1.below(2) == 0 ? nil : "dx" },
    { $0.model = ["resnet20", "linear"][$1.below(2)] },
    { $0.amp = [AmpChoice.on, .off, .auto][$1.below(3)] },
    { $0.longTail = $1.below(2) == 0 ? nil : 10 },
    { $0.data = "a folder/\($1.below(3))" },
  ]

  private func drawn(_ source: inout RandomSource) -> TrainOptions {
    var options = TrainOptions()
    for setter in setters where source.below(3) == 0 { setter(&options, &source) }
    return options
  }

  private func same(_ one: TrainOptions, _ other: TrainOptions) -> Bool {
    one == other && one.givenNames == other.givenNames
      && OptionTable.fields.allSatisfy { $0.yaml(one) == $0.yaml(other) }
  }

  /// What was given, as a file of options.
  private func file(_ options: TrainOptions) throws -> ConfigFile {
    let lines = OptionTable.fields.filter { options.isGiven($0) }.map {
      "\($0.name): \($0.yaml(options))"
    }
    return try ConfigFile.parse(lines.joined(separator: "\n"), path: "f.yaml")
  }

  @Test func layersAreAssociativeAndHaveAnEmptyOne() {
    var source = RandomKey(seed: 11).source
    for _ in 0..<200 {
      let (a, b, c) = (drawn(&source), drawn(&source), drawn(&source))
      let whole = TrainOptions([a, b, c])
      #expect(same(TrainOptions([TrainOptions([a, b]), c]), whole))
      #expect(same(TrainOptions([a, TrainOptions([b, c])]), whole))
      #expect(same(TrainOptions([TrainOptions(), a, TrainOptions()]), a))
      #expect(same(TrainOptions([a, a]), a))
      #expect(same(TrainOptions([b, a, b, a]), TrainOptions([b, a])))
    }
  }

  /// An option that is given twice has the value of the upper layer; `set` has those of both, name by name.
  @Test func theUpperLayerDecides() {
    var source = RandomKey(seed: 12).source
    for _ in 0..<200 {
      let (lower, upper) = (drawn(&source), drawn(&source))
      let both = TrainOptions([lower, upper])
      for field in OptionTable.fields where field.name != "set" {
        let decides = upper.isGiven(field) ? upper : lower
        #expect(field.yaml(both) == field.yaml(decides), "\(field.name)")
        let isGiven = both.isGiven(field)
        let isInOne = upper.isGiven(field) || lower.isGiven(field)
        #expect(isGiven == isInOne, "\(field.name)")
      }
      for name in ["a", "b", "c"] {
        #expect(both.set[name] == upper.set[name] ?? lower.set[name], "\(name)")
      }
    }
  }

  /// A file of what a layer has does as the layer does, and each value names where it stands.
  @Test func aFileIsALayerBelowFlags() throws {
    var source = RandomKey(seed: 13).source
    for _ in 0..<100 {
      let (below, flags) = (drawn(&source), drawn(&source))
      let found = try ResolvedOptions(flags: flags, file: file(below))
      #expect(found.values == TrainOptions([below, flags]))
      let lines = OptionTable.fields.filter { below.isGiven($0) }.map(\.name)
      for field in OptionTable.fields where field.name != "set" {
        let origin = found.origin(of: field.name)
        if flags.isGiven(field) {
          #expect(origin == .flag, "\(field.name)")
        } else if let place = lines.firstIndex(of: field.name) {
          #expect(origin == .file("f.yaml", line: place + 1), "\(field.name)")
        } else {
          #expect(origin == .builtIn, "\(field.name)")
        }
      }
      for name in below.set.keys where flags.set[name] == nil {
        #expect(found.origin(of: "set.\(name)").description.hasPrefix("f.yaml:"))
      }
      for name in flags.set.keys { #expect(found.origin(of: "set.\(name)") == .flag) }
    }
  }

  /// What a run writes down is what it had, and reading it twice changes nothing more.
  @Test func writtenAndReadTwice() throws {
    var source = RandomKey(seed: 14).source
    for _ in 0..<60 {
      let given = try ResolvedOptions(flags: drawn(&source), file: file(drawn(&source)))
      let once = try ResolvedOptions(
        file: ConfigFile.parse(ConfigText.yaml(of: given), path: "config.yaml"))
      #expect(once.values == given.values)
      let twice = try ResolvedOptions(
        file: ConfigFile.parse(ConfigText.yaml(of: once), path: "config.yaml"))
      #expect(twice.values == once.values && twice.origins == once.origins)
    }
  }

  /// Every option that a protocol sets: left alone, given the same, given otherwise in a file, and by a flag over that.
  @Test(arguments: ["eyepacs", "hyper-kvasir", "lift"]) func protocolsLieBelow(_ name: String)
    throws
  {
    let choice = try #require(ProtocolChoice(rawValue: name))
    let preset = TrainingProtocol(choice).options
    let alone = try ResolvedOptions(file: ConfigFile.parse("protocol: \(name)\n", path: "f.yaml"))
    #expect(alone.overProtocol.isEmpty)
    for field in OptionTable.fields where field.name != "protocol" && field.name != "set" {
      let expected: Origin = preset.isGiven(field) ? .preset(name) : .builtIn
      #expect(alone.origin(of: field.name) == expected, "\(field.name)")
      guard preset.isGiven(field), field.name != "method" else { continue }
      #expect(field.yaml(alone.values) == field.yaml(preset), "\(field.name)")
      let same = "protocol: \(name)\n\(field.name): \(field.yaml(preset))\n"
      let agreed = try ResolvedOptions(file: ConfigFile.parse(same, path: "f.yaml"))
      #expect(agreed.origin(of: field.name) == .file("f.yaml", line: 2), "\(field.name)")
      #expect(agreed.values == alone.values && agreed.overProtocol.isEmpty, "\(field.name)")
    }
    var flags = TrainOptions()
    flags.lr = 0.25
    let file = try ConfigFile.parse("protocol: \(name)\nlr: 0.5\nepochs: 99\n", path: "f.yaml")
    let found = try ResolvedOptions(flags: flags, file: file)
    let epochs = preset.epochs
    #expect(found.origin(of: "lr").description == "flag, over 0.01 of protocol \(name)")
    #expect(
      found.origin(of: "epochs").description == "f.yaml:3, over \(epochs) of protocol \(name)")
    #expect(
      found.overProtocol == [
        "  --lr 0.25 stands over 0.01 of the protocol \(name)",
        "  --epochs 99 stands over \(epochs) of the protocol \(name)",
      ])
  }

  /// Hyper-parameters of the protocol's method are those of no other method, and of none that are given.
  @Test func hyperparametersOfAProtocol() throws {
    func settings(_ yaml: String) throws -> [String: String] {
      try ResolvedOptions(file: ConfigFile.parse("protocol: eyepacs\n" + yaml, path: "f.yaml"))
        .values.set
    }
    #expect(try settings("") == ["alpha": "0.1"])
    #expect(try settings("method: balanced-mixup\n") == ["alpha": "0.1"])
    #expect(try settings("method: mixup\n") == [:])
    #expect(try settings("set: {alpha: 0.4}\n") == ["alpha": "0.4"])
    #expect(try settings("method: mixup\nset: {alpha: 0.4}\n") == ["alpha": "0.4"])
  }

  /// What `compare` compares under a protocol can be typed, and names nothing twice; α is that of the paper's table.
  @Test(arguments: ["eyepacs", "hyper-kvasir", "lift"]) func methodsOfAProtocolCanBeTyped(
    _ name: String
  ) throws {
    let preset = TrainingProtocol(try #require(ProtocolChoice(rawValue: name)))
    let choices = try preset.methods.split(separator: ",").map {
      try MethodChoice(parsing: String($0))
    }
    #expect(Set(choices.map(\.label)).count == choices.count)
    #expect(choices.map(\.label).joined(separator: ",") == preset.methods)
    if name == "lift" {
      #expect(choices.map(\.label) == ["lift", "lift.tau=0"])
    } else {
      #expect(choices.first?.label == "erm")
      let alphas = choices.filter { $0.name == "balanced-mixup" }.compactMap {
        $0.settings["alpha"]
      }
      #expect(alphas == ["0.1", "0.2", "0.3"])
    }
    #expect(preset.folds == (name == "hyper-kvasir" ? 5 : nil))
    for notes in [preset.notes(), preset.notes(forComparison: true)] {
      #expect(notes.first?.hasPrefix("protocol \(name): ") == true)
      #expect(notes.dropFirst().allSatisfy { $0.hasPrefix("  ") })
    }
  }
}
