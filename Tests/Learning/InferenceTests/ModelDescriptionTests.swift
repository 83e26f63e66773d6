import Batches
import Datasets
import Decisions
import Files
import Foundation
import Imaging
import Inference
import Networks
import Randomness
import TestSupport
import Testing
import Torch
import Weights

@Suite struct ModelDescriptionTests {
  private static let sound = ModelDescription(
    architecture: "resnet20", classes: ["a", "b", "c"], trainingCounts: [9, 5, 1],
    preprocessing: Preprocessing(
      size: ImageSize(8), preset: .paper,
      normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25])),
    method: "erm", epoch: 3)

  private func read(_ text: String) throws(ModelError) -> ModelDescription {
    try ModelDescription(metadata: ["steelyard": text], path: "m.safetensors")
  }

  @Test func comesBackAsItWas() throws {
    let metadata = try Self.sound.metadata()
    #expect(try ModelDescription(metadata: metadata, path: "m") == Self.sound)
    #expect(metadata["label_names"] == #"["a","b","c"]"#)
    #expect(metadata["num_classes"] == "3")
  }

  /// How images are scaled and cropped stands with the model where it is not the usual; a model that says nothing is read,
  /// and written again, as before there was a choice.
  @Test func interpolationAndShareAreKept() throws {
    var own = Self.sound
    guard case .images(var images) = own.preprocessing else { return }
    let plain = try #require(try Self.sound.metadata()["steelyard"])
    #expect(!plain.contains("interpolation") && !plain.contains("cropShare"))
    let before = try read(plain)
    #expect(before == Self.sound)
    (images.interpolation, images.cropShare) = (.bicubic, 0.75)
    own.preprocessing = .images(images)
    let text = try #require(try own.metadata()["steelyard"])
    let after = try read(text)
    #expect(after == own)
    #expect(own.preprocessing.digestText != Self.sound.preprocessing.digestText)
    for share in ["0", "1.5", "-1"] {
      let error = #expect(throws: ModelError.self) {
        try read(text.replacing(#""cropShare":0.75"#, with: #""cropShare":\#(share)"#))
      }
      #expect(
        error?.description.contains("expected a crop of 1/16 to 1 of the shorter side") == true,
        "\(error?.description ?? "")")
    }
  }

  /// What makes numbers of texts stands with the model; a model without texts is written as before there were any.
  @Test func whatMakesNumbersOfTextsIsKept() throws {
    let rows = RowStore(
      features: [], width: 0,
      texts: RowTexts(names: ["essay"], cells: ["good dog", "bad dog", "", "good cat"]))
    var own = Self.sound
    let made = try TextFeatures(
      fitting: rows, members: [0, 1, 2], TextSettings(columns: ["essay"], size: 2, slots: 256))
    own.text = made
    func taking(_ names: [String]) -> Preprocessing {
      .rows(
        Standardization(
          input: .features, names: names, mean: names.map { _ in 0 }, std: names.map { _ in 1 }))
    }
    own.preprocessing = taking(["age"] + made.names)
    let text = try #require(try own.metadata()["steelyard"])
    let after = try read(text)
    #expect(after == own && after.text?.columnNames == ["essay"])
    #expect(try after.text?.applied(to: rows) == own.text?.applied(to: rows))
    #expect(try Self.sound.metadata()["steelyard"]?.contains("\"text\"") == false)
    let error = #expect(throws: ModelError.self) {
      try read(text.replacing(#""width":256"#, with: #""width":1"#))
    }
    #expect(error?.description.contains("expected rising slots below 1") == true)
    // Features that are not made of these texts, and pictures, which have none.
    for other in [taking(made.names + ["age"]), taking(["age"]), Self.sound.preprocessing] {
      own.preprocessing = other
      let text = try #require(try own.metadata()["steelyard"])
      let error = #expect(throws: ModelError.self) { try read(text) }
      #expect(
        error?.description.contains("expected features that end with the 2 that are made of texts")
          == true)
    }
  }

  /// What makes numbers of the columns of a table stands with the model, before texts; a model without is written as before.
  @Test func whatMakesNumbersOfColumnsIsKept() throws {
    let data = try withTemporaryFolder { folder in
      let path = "\(folder)/t.csv"
      try AtomicFile.write(
        "id,age,sex,essay,label\n1,5,f,good dog,x\n2,,m,bad dog,y\n3,9,f,good cat,x\n", to: path)
      return try Dataset.open(
        path, columns: ColumnNames(texts: ["essay"], takesCells: true), input: .features)
    }
    var own = Self.sound
    let encoding = try #require(try data.fittedEncoding(ColumnSettings(least: 1)))
    let rows = try #require(try data.encoded(by: encoding).rows)
    let made = try TextFeatures(
      fitting: rows, members: [0, 1, 2], TextSettings(columns: ["essay"], size: 2, slots: 256))
    (own.columns, own.text) = (encoding, made)
    func taking(_ names: [String]) -> Preprocessing {
      .rows(
        Standardization(
          input: .features, names: names, mean: names.map { _ in 0 }, std: names.map { _ in 1 }))
    }
    own.preprocessing = taking(encoding.names + made.names)
    #expect(try made.applied(to: rows).names == encoding.names + made.names)
    let text = try #require(try own.metadata()["steelyard"])
    let after = try read(text)
    #expect(after == own && after.columns?.names == ["age", "age: missing", "sex = f", "sex = m"])
    let again = try #require(try data.encoded(by: after.columns).rows)
    for row in 0..<3 { #expect(again.bytes(row) == rows.bytes(row)) }
    #expect(try Self.sound.metadata()["steelyard"]?.contains("\"columns\"") == false)
    let error = #expect(throws: ModelError.self) {
      try read(text.replacing(#"["f","m"]"#, with: #"["f","f"]"#))
    }
    #expect(error?.description.contains("sex: expected levels that differ") == true)
    for other in [taking(made.names + encoding.names), taking(["age"]), Self.sound.preprocessing] {
      own.preprocessing = other
      let text = try #require(try own.metadata()["steelyard"])
      let error = #expect(throws: ModelError.self) { try read(text) }
      #expect(
        error?.description.contains(
          "expected features that end with the 6 that are made of columns and texts") == true)
    }
  }

  @Test func foreignFilesAreToldApart() {
    #expect(throws: ModelError.noDescription("m")) {
      try ModelDescription(metadata: ["format": "pt"], path: "m")
    }
  }

  static let damage: [(change: (String, String), words: String)] = [
    ((#"["a","b","c"]"#, "[]"), "expected one class or more, all distinct, got []"),
    ((#"["a","b","c"]"#, #"["a","a","c"]"#), #"all distinct, got ["a", "a", "c"]"#),
    (("[9,5,1]", "[9,5]"), "expected 3 training counts of at least 0, got 2: [9, 5]"),
    (("[9,5,1]", "[9,-5,1]"), "expected 3 training counts of at least 0, got 3: [9, -5, 1]"),
    ((#""width":8"#, #""width":0"#), "expected images of 1 to 8192 pixels a side, got 0×8"),
    ((#""height":8"#, #""height":9000000"#), "pixels a side, got 8×9000000"),
    ((#""height":8"#, #""height":-1"#), "pixels a side, got 8×-1"),
    (("[0.5,0.5,0.5]", "[0.5]"), "expected 3 means and 3 deviations above 0, got [0.5]"),
    (
      ("[0.25,0.25,0.25]", "[0.25,0,0.25]"),
      "3 deviations above 0, got [0.5, 0.5, 0.5] and [0.25, 0.0"
    ),
    ((#""epoch":3"#, #""epoch":-3"#), "expected an epoch of at least 0, got -3"),
    (
      (#""preset":"paper""#, #""preset":"rock""#), "m.safetensors: its description cannot be read: "
    ),
    (("{", ""), "is not JSON"),
  ]

  @Test(arguments: damage.indices) func damageIsATypedError(_ index: Int) throws {
    let (change, words) = Self.damage[index]
    let text = try #require(try Self.sound.metadata()["steelyard"])
    let place = try #require(text.range(of: change.0), "\(text)")
    let error = #expect(throws: ModelError.self) {
      try read(text.replacingCharacters(in: place, with: change.1))
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func noMutantOfAFileStopsTheProgramme() throws {
    let text = try #require(try Self.sound.metadata()["steelyard"])
    let fuzz = Fuzz(Array(text.utf8), key: RandomKey(seed: 8))
    var refused = 0
    for index in 0..<3000 {
      do {
        let found = try read(String(decoding: fuzz.mutant(index), as: UTF8.self))
        _ = found.preprocessing.images?.transforms
      } catch {
        refused += 1
      }
    }
    #expect(refused > 2000)
  }

  @Test func aModelIsWrittenAndReadWithTheSameLogits() throws {
    try withTemporaryFolder { folder in
      let model = try SmallModel()
      let path = FilePath.join(folder, "model.safetensors")
      try ModelFile.write(model.network.stateDict, Self.sound, to: path)
      let (network, description) = try ModelFile.read(path, on: .cpu)
      #expect(description == Self.sound)
      let images = Tensor.ones([2, 3, 8, 8])
      let logits = [model.network, network].map { network in
        withoutGradients { network(images, Context()) }.scalars(as: Double.self)
      }
      #expect(logits[0] == logits[1])
    }
  }

  static let branched = [
    NetworkForm(head: .cosine(scale: 30), branches: 3),
    NetworkForm(branches: 3, readout: .weighted([0.5, 0.3, 0.2])),
    NetworkForm(branches: 2, joinsFeatures: true, division: .lastBlock),
    NetworkForm(decoding: .sigmoid), NetworkForm(head: .decoder(side: 16)),
  ]

  /// Branches, readout, division and decoding come back; a program of before there were any finds other tensors than it
  /// expects, and refuses the file.
  @Test(arguments: branched) func modelsOfSeveralBranches(form: NetworkForm) throws {
    try withTemporaryFolder { folder in
      let network = try Architectures.named("resnet20").build(
        classes: 3, form: form, using: Generator(seed: 4))
      let path = FilePath.join(folder, "model.safetensors")
      var description = Self.sound
      description.form = form
      try ModelFile.write(network.stateDict, description, to: path)
      let (read, found) = try ModelFile.read(path, on: .cpu)
      #expect(found == description && read.form == form)
      let images = Tensor.normal([2, 3, 8, 8], using: Generator(seed: 5))
      let logits = [network, read].map { network in
        withoutGradients { network(images, Context()) }.scalars(as: Double.self)
      }
      #expect(logits[0] == logits[1])
      try ModelFile.write(network.stateDict, Self.sound, to: path)
      let error = #expect(throws: WeightsError.self) { try ModelFile.read(path, on: .cpu) }
      #expect(
        error?.description.contains("are they of another network") == true,
        "\(error?.description ?? "")")
    }
  }

  /// One direction and its thresholds come back as they were.
  @Test func modelsOfThresholds() throws {
    try withTemporaryFolder { folder in
      let form = NetworkForm(head: .thresholds, decoding: .cumulative)
      let network = try Architectures.named("resnet20").build(
        classes: 3, form: form, using: Generator(seed: 4))
      let path = FilePath.join(folder, "model.safetensors")
      var description = Self.sound
      description.form = form
      try ModelFile.write(network.stateDict, description, to: path)
      let read = try ModelFile.read(path, on: .cpu).network
      #expect(read.form == form && read.classes == 3)
      let images = Tensor.normal([2, 3, 8, 8], using: Generator(seed: 5))
      let logits = [network, read].map { network in
        withoutGradients { network(images, Context()) }.scalars(as: Double.self)
      }
      #expect(logits[0] == logits[1])
      try ModelFile.write(network.stateDict, Self.sound, to: path)
      let error = #expect(throws: ModelError.self) { try ModelFile.read(path, on: .cpu) }
      #expect(error?.description.contains("it names 3 classes, but no tensor has 3 rows") == true)
    }
  }

  /// Fewer rows than classes are no reason to refuse where they are decoded; one class is, where two are asked for.
  @Test(arguments: [Decoding.corn, .cumulative, .number]) func modelsOfOtherOutputs(
    decoding: Decoding
  ) throws {
    try withTemporaryFolder { folder in
      let form = NetworkForm(decoding: decoding)
      let network = try Architectures.named("resnet20").build(
        classes: 3, form: form, using: Generator(seed: 4))
      let path = FilePath.join(folder, "model.safetensors")
      var description = Self.sound
      description.form = form
      try ModelFile.write(network.stateDict, description, to: path)
      let (read, _) = try ModelFile.read(path, on: .cpu)
      #expect(read.classes == 3 && read.form == form)
      let images = Tensor.normal([2, 3, 8, 8], using: Generator(seed: 5))
      let scores = [network, read].map { network in
        withoutGradients { network.scores(of: network(images, Context())) }
          .scalars(as: Double.self)
      }
      #expect(scores[0] == scores[1] && scores[0].count == 6)
      // A program that takes it for a plain classifier refuses it.
      try ModelFile.write(network.stateDict, Self.sound, to: path)
      #expect(throws: (any Error).self) { try ModelFile.read(path, on: .cpu) }
      (description.classes, description.trainingCounts) = (["a"], [1])
      let metadata = try description.metadata()
      if decoding == .corn {
        let error = #expect(throws: ModelError.self) {
          try ModelDescription(metadata: metadata, path: "m")
        }
        #expect(
          error?.description.contains("expected 2 classes or more for the decoding corn, got 1")
            == true)
      }
    }
  }

  /// A form as checkpoints and models had it before branches could be built.
  @Test func formsWithoutADivisionAreRead() throws {
    let text =
      #"{"branches":1,"head":{"cosine":{"scale":30}},"joinsFeatures":false,"readout":{"mean":{}}}"#
    let form = try JSONDecoder().decode(NetworkForm.self, from: Data(text.utf8))
    #expect(form == NetworkForm(head: .cosine(scale: 30)))
  }

  /// Whoever wrote the file: no form stops the program.
  @Test(arguments: [
    NetworkForm(branches: 0), NetworkForm(branches: 1 << 40), NetworkForm(head: .cosine(scale: -1)),
    NetworkForm(head: .custom("mine")), NetworkForm(branches: 2, readout: .weighted([1])),
  ])
  func impossibleFormsAreTypedErrors(form: NetworkForm) throws {
    var description = Self.sound
    description.form = form
    let metadata = try description.metadata()
    let error = #expect(throws: ModelError.self) {
      try ModelDescription(metadata: metadata, path: "m")
    }
    #expect(
      error?.description == "m: its description cannot be read: \(form.problem ?? "-")")
  }

  @Test func weightsOfAnotherNumberOfClassesAreRefusedBeforeAnyIsMade() throws {
    try withTemporaryFolder { folder in
      let model = try SmallModel()
      let path = FilePath.join(folder, "model.safetensors")
      var many = Self.sound
      many.classes = (100..<977).map { "c\($0)" }
      many.trainingCounts = many.classes.map { _ in 1 }
      try ModelFile.write(model.network.stateDict, many, to: path)
      let error = #expect(throws: ModelError.self) { try ModelFile.read(path, on: .cpu) }
      #expect(
        error?.description == "\(path): its description cannot be read: "
          + "it names 877 classes, but no tensor has 877 rows")
      many.architecture = "resnet19"
      try ModelFile.write(model.network.stateDict, many, to: path)
      #expect(throws: ModelError.unknownArchitecture("resnet19", path: path)) {
        try ModelFile.read(path, on: .cpu)
      }
    }
  }

  @Test func aRuleIsStoredBesideTheDescriptionAndCanAlwaysBeTakenAway() throws {
    try withTemporaryFolder { folder in
      let model = try SmallModel()
      let path = FilePath.join(folder, "model.safetensors")
      try ModelFile.write(model.network.stateDict, Self.sound, to: path)
      let plain = try FileBytes.read(path)
      #expect(try ModelFile.rule(of: path) == nil)
      let rule = DecisionRule(classes: ["a", "b", "c"])
      try ModelFile.store(rule, in: path)
      #expect(try ModelFile.rule(of: path) == rule)
      #expect(throws: DecisionRuleError.self) {
        try ModelFile.store(DecisionRule(classes: ["a", "b"]), in: path)
      }

      let tensors = try Safetensors.read(path).tensors
      var metadata = try Safetensors.metadata(of: path)
      let text = try #require(metadata["decision_rule"])
      metadata["decision_rule"] = text.replacing("\"version\":1", with: "\"version\":99")
      try Safetensors.write(tensors, metadata: metadata, to: path)
      let error = #expect(throws: ModelError.self) { try ModelFile.rule(of: path) }
      #expect(
        error?.description
          == "\(path): its decision rule cannot be read: decision_rule: this decision"
          + " rule has version 99, and this program knows 2; use a newer steelyard; the weights are not"
          + " concerned: leave the rule out, or take it away")
      #expect(try ModelFile.read(path, on: .cpu).description == Self.sound)
      try ModelFile.store(nil, in: path)
      #expect(try FileBytes.read(path) == plain)
    }
  }
}
