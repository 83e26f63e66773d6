import Files
import Sampling
import SteelyardCommand
import TestSupport
import Testing

/// `--class-weights` against the classes of a run.
@Suite struct RunClassWeightsTests {
  private let names = ["common", "rare"]

  private func weights(_ text: String) throws -> RunClassWeights {
    try RunClassWeights(
      #require(ClassWeighting(text: text)), names, ClassCounts([90, 10]))
  }

  private func refusal(_ text: String) -> String {
    do {
      return "\(try weights(text).values)"
    } catch {
      return "\(error)"
    }
  }

  @Test func words() throws {
    #expect(difference(try weights("inverse").values, [0.2, 1.8]) == nil)
    #expect(difference(try weights("square-root").values, [0.5, 1.5]) == nil)
    // 1 − .9999⁹⁰ and 1 − .9999¹⁰ are all but 90 and 10 parts of 10⁴.
    let effective = try weights("effective-number").values
    #expect(difference(effective, [0.2, 1.8], relative: 0.01) == nil && effective[1] < 1.8)
    #expect(try weights("inverse").option == .inverse)
  }

  /// In any order, scaled to sum to the number of classes.
  @Test func byName() throws {
    #expect(difference(try weights("rare=3,common=1").values, [0.5, 1.5]) == nil)
    #expect(try weights("rare=3,common=1").statement() == "class weights: common 0.500, rare 1.500")
    #expect(
      try weights("rare=3,common=1").statement(from: 0.8)
        == "class weights: common 0.500, rare 1.500; from 0.800 of each stage on")
  }

  @Test(arguments: [
    ("rare=3", "class-weights: 'common' has no weight; give one for every class"),
    (
      "rare=3,comon=1",
      "class-weights: there is no class 'comon'; did you mean 'common'?"
    ),
    (
      "rare=0,common=1",
      "class-weights: 'rare' has the weight 0; expected a number above 0 (--drop-class leaves a class"
        + " out)"
    ),
    (
      "inverze",
      "class-weights: there is no file 'inverze'; expected inverse, square-root, effective-number,"
        + " name=weight,… with each name once, or a file"
    ),
  ]) func whatCannotBe(text: String, words: String) {
    #expect(refusal(text) == words)
  }

  @Test(arguments: ["a=1,a=2", "a=", "=3", "a=b", ""]) func noWeights(text: String) {
    #expect(ClassWeighting(text: text) == nil)
  }

  /// With or without names of columns; the option then needs no file.
  @Test(arguments: [
    "name,weight\nrare,3\ncommon,1\n", "common,1\nrare,3\n", "common\t1\nrare\t3\n",
  ])
  func ofAFile(text: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + (text.contains("\t") ? "/w.tsv" : "/w.csv")
      try AtomicFile.write(text, to: path)
      let found = try RunClassWeights(.file(path), names, ClassCounts([90, 10]))
      #expect(difference(found.values, [0.5, 1.5]) == nil)
      #expect(found.option == .named(["common": 1, "rare": 3]))
    }
  }

  @Test(arguments: [
    ("name,weight\nrare,3\nrare,1\n", "'rare' is given twice"),
    ("name,weight\nrare,much\n", "expected a name and a number, got 'rare,much'"),
    ("name,weight\nrare,3\n", "'common' has no weight; give one for every class"),
  ]) func wrongFile(text: String, words: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/w.csv"
      try AtomicFile.write(text, to: path)
      #expect(refusal(path) == "class-weights: \(path): \(words)")
    }
  }

  /// A mapping in a file of options is the same, and comes back from what is written.
  @Test func inAConfigurationFile() throws {
    let file = try ConfigFile.parse("class-weights: {rare: 3, common: 1}\n", path: "f.yaml")
    let options = try ResolvedOptions(file: file)
    #expect(options.values.classWeights == .named(["rare": 3, "common": 1]))
    let again = try ResolvedOptions(
      file: ConfigFile.parse(ConfigText.yaml(of: options), path: "config.yaml"))
    #expect(again.values.classWeights == options.values.classWeights)
  }

  /// Shares of classes by name or of a file, scaled to sum to 1.
  @Test func sharesOfClasses() throws {
    let named = try RunClassMass(#require(ClassMass(text: "rare=3,common=1")), names)
    #expect(difference(named.values, [0.25, 0.75]) == nil)
    #expect(named.statement == "class mass: rows are drawn as common 0.250, rare 0.750")
    try withTemporaryFolder { folder in
      try AtomicFile.write("class,share\nrare,3\ncommon,1\n", to: folder + "/m.csv")
      let read = try RunClassMass(.file(folder + "/m.csv"), names)
      #expect(read.values == named.values && read.option == .named(["common": 1, "rare": 3]))
    }
    for text in ["a=1,a=2", "a=", "=3", "a=b", ""] { #expect(ClassMass(text: text) == nil) }
    #expect(ClassMass(text: "inverse") == .file("inverse"))
    let error = #expect(throws: OptionError.self) {
      try RunClassMass(#require(ClassMass(text: "rare=0,common=1")), names)
    }
    #expect(
      error.map { "\($0)" }
        == "class-mass: 'rare' has the share 0; expected a number above 0 (--drop-class leaves a class out)"
    )
  }
}
