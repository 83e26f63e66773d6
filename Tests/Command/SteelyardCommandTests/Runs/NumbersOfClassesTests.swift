import Files
import Sampling
import SteelyardCommand
import TestSupport
import Testing

/// Tables of a number for each class, as people write them.
@Suite struct NumbersOfClassesTests {
  private func shares(_ text: String, of names: [String], file: String = "m.csv") throws -> [Double]
  {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: "\(folder)/\(file)")
      return try RunClassMass(.file("\(folder)/\(file)"), names).values
    }
  }

  private func refusal(_ text: String, of names: [String]) throws -> String {
    try withTemporaryFolder { folder in
      let path = folder + "/m.csv"
      try AtomicFile.write(text, to: path)
      do {
        return "\(try RunClassMass(.file(path), names).values)"
      } catch {
        return "\(error)".replacing(path, with: "m.csv")
      }
    }
  }

  /// One to three, whatever the file looks like.
  @Test(arguments: [
    "a,1\nb,3\n", "b,3\na,1\n", "class,share\na,1\nb,3\n", "a,1\r\nb,3\r\n", "\u{FEFF}a,1\nb,3",
    "\"a\",\"1\"\n\"b\",3\n",
    " a , 1 \n b,3\n", "a,1,why\nb,3,\n", "a,0.25\nb,.75\n", "a,1e3\nb,3e3\n", "a,1\nb,3\n\n",
    "name,share,note\na,10,x\nb,30,y\n",
  ])
  func oneToThree(_ text: String) throws {
    #expect(difference(try shares(text, of: ["a", "b"]), [0.25, 0.75]) == nil, "\(text)")
  }

  /// Classes that are numbers: the first line may be a class that is called as its share.
  @Test func classesThatAreNumbers() throws {
    #expect(difference(try shares("1,1\n2,3\n", of: ["1", "2"]), [0.25, 0.75]) == nil)
    #expect(difference(try shares("2,2\n1,6\n", of: ["1", "2"]), [0.75, 0.25]) == nil)
    #expect(
      difference(try shares("1\t1\n2\t3\n", of: ["1", "2"], file: "m.tsv"), [0.25, 0.75]) == nil)
  }

  /// Names with commas, quotes, equals signs and letters of any script.
  @Test func namesOfEveryKind() throws {
    let names = ["a, b", "say \"x\"", "x=1", "猫", "e\u{301}", "class"]
    let text = "\"a, b\",1\n\"say \"\"x\"\"\",2\nx=1,3\n猫,4\ne\u{301},5\nclass,6\n"
    #expect(difference(try shares(text, of: names), (1...6).map { Double($0) / 21 }) == nil)
  }

  @Test(arguments: [
    ("a,1\nb,3\na,1\n", "class-mass: m.csv: 'a' is given twice"),
    ("a,1\nb,3\na ,1\n", "class-mass: m.csv: 'a' is given twice"),
    ("a,1\n", "class-mass: m.csv: 'b' has no share; give one for every class"),
    ("class,share\n", "class-mass: m.csv: 'a' has no share; give one for every class"),
    ("a,1\nb,3\nc,1\n", "class-mass: m.csv: there is no class 'c'; did you mean 'a'?"),
    ("a,1\nb,3\nother,1\n", "class-mass: m.csv: there is no class 'other'"),
    ("a,1\nb,\n", "class-mass: m.csv: expected a name and a number, got 'b,'"),
    ("a;1\nb;3\n", "class-mass: m.csv: expected a name and a number, got 'b;3'"),
    (
      "a,1\nb,-3\n",
      "class-mass: m.csv: 'b' has the share -3; expected a number above 0 (--drop-class leaves a class out)"
    ),
    (
      "a,1\nb,nan\n",
      "class-mass: m.csv: 'b' has the share nan; expected a number above 0 (--drop-class leaves a class out)"
    ),
    (
      "a,1\nb,inf\n",
      "class-mass: m.csv: 'b' has the share inf; expected a number above 0 (--drop-class leaves a class out)"
    ),
    ("", "m.csv: is empty, expected a header line"),
  ])
  func whatIsWrong(_ text: String, _ words: String) throws {
    #expect(try refusal(text, of: ["a", "b"]) == words)
  }

  /// Shares are parts of their sum, in any order and at any scale.
  @Test func scaleMakesNoDifference() throws {
    let names = ["a", "b", "c"]
    let base = try RunClassMass(.named(["a": 1, "b": 2, "c": 5]), names).values
    #expect(difference(base, [0.125, 0.25, 0.625]) == nil)
    for factor in [1e-9, 0.5, 3, 1e12] {
      let found = try RunClassMass(.named(["c": 5 * factor, "a": factor, "b": 2 * factor]), names)
      #expect(difference(found.values, base) == nil, "\(factor)")
      #expect(abs(found.values.reduce(0, +) - 1) < 1e-12)
    }
    let turned = try RunClassMass(.named(["a": 1, "b": 2, "c": 5]), ["c", "a", "b"]).values
    #expect(difference(turned, [0.625, 0.125, 0.25]) == nil)
  }

  /// Weights by size: of counts n they are 1/n, 1/√n and (1 − β)/(1 − βⁿ), with a mean of 1, worked out here by hand.
  @Test(arguments: [[5, 50], [1, 1000, 30], [7, 7, 7], [100_000, 1]])
  func weightsBySize(_ counts: [Int]) throws {
    let names = counts.indices.map { "c\($0)" }
    let ways: [(ClassWeighting, (Double) -> Double)] = [
      (.inverse, { 1 / $0 }), (.squareRoot, { 1 / $0.squareRoot() }),
      (
        .effectiveNumber,
        { n in
          // βⁿ by repeated squaring, with no logarithm.
          var (power, base, rest) = (1.0, 0.9999, Int(n))
          while rest > 0 {
            if rest % 2 == 1 { power *= base }
            (base, rest) = (base * base, rest / 2)
          }
          return (1 - 0.9999) / (1 - power)
        }
      ),
    ]
    for (way, weight) in ways {
      let found = try RunClassWeights(way, names, ClassCounts(counts)).values
      let raw = counts.map { weight(Double($0)) }
      let scale = Double(counts.count) / raw.reduce(0, +)
      #expect(
        difference(found, raw.map { $0 * scale }, relative: 1e-9) == nil,
        "\(way) \(counts): \(found)")
    }
  }
}
