import Foundation
import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch

/// Probabilities of classes from outputs of other kinds.
@Suite struct DecodingTests {
  struct GoldenFile: Decodable {
    var classes: Int, logits: [Double], chain: [Double], grades: [Double]
    var thresholds: [Double], cumulative: [Double], straightened: [Bool]
    var sigmoid: [Double], corn: [Double], beyond: [Double], counted: [Int], number: [Double]
  }

  private func probabilities(_ decoding: Decoding, _ z: Tensor, classes: Int) -> [Double] {
    decoding(z, classes: classes).softmax(dim: 1).scalars()
  }

  @Test func golden() throws {
    let golden = try Golden.load("Networks/decoding.json", as: GoldenFile.self)
    let (rows, classes) = (golden.grades.count, golden.classes)
    let logits = Tensor(golden.logits, shape: [rows, classes])
    let chain = Tensor(golden.chain, shape: [rows, classes - 1])
    let grades = Tensor(golden.grades, shape: [rows, 1])
    for (decoding, z, expected) in [
      (Decoding.sigmoid, logits, golden.sigmoid), (.corn, chain, golden.corn),
      (.number, grades, golden.number),
    ] {
      let found = probabilities(decoding, z, classes: classes)
      #expect(difference(found, expected, relative: 1e-10, absolute: 1e-12) == nil, "\(decoding)")
    }
    // Thresholds that fall, and some that do not: what would be negative is next to nothing.
    let thresholds = Tensor(golden.thresholds, shape: [2 * rows, classes - 1])
    let found = probabilities(.cumulative, thresholds, classes: classes)
    #expect(difference(found, golden.cumulative, relative: 1e-5, absolute: 1e-5) == nil)
    let fallen = rows * classes
    #expect(
      difference(
        Array(found.prefix(fallen)), Array(golden.cumulative.prefix(fallen)), relative: 1e-9)
        == nil)
    #expect(Decoding.cumulative.straightens(thresholds) == golden.straightened)
    #expect(golden.straightened.contains(true) && golden.straightened.contains(false))
    #expect(!Decoding.corn.straightens(thresholds).contains(true))
    #expect(probabilities(.softmax, logits, classes: classes) == logits.softmax(dim: 1).scalars())
    // Counting P(y > k) above ½ is the paper's decision; it is another than the most probable grade where that is rare.
    let beyond = stride(from: 0, to: golden.beyond.count, by: classes - 1).map { start in
      golden.beyond[start..<start + classes - 1].count { $0 > 0.5 }
    }
    #expect(beyond == golden.counted)
  }

  /// Sums to 1 and finite, be the outputs what they may.
  @Test(arguments: Decoding.allCases, [1.0, 30, 300]) func sumsToOne(
    decoding: Decoding, scale: Double
  ) {
    for classes in [2, 3, 9] {
      let z = Tensor.normal(
        [40, decoding.outputs(for: classes)], std: scale, using: Generator(seed: 2))
      let found = decoding(z, classes: classes).softmax(dim: 1)
      #expect(found.shape == [40, classes])
      let sums = found.sum(dims: [1]).scalars(as: Double.self)
      #expect(difference(sums, sums.map { _ in 1 }, absolute: 1e-5) == nil)
    }
  }

  /// The largest output is the likeliest class; the nearest grade is; P(y > k) never rises.
  @Test func order() {
    let z = Tensor.normal([60, 5], std: 2, using: Generator(seed: 3))
    #expect(
      Decoding.sigmoid(z, classes: 5).argmax(dim: 1).scalars(as: Int64.self)
        == z.argmax(dim: 1).scalars(as: Int64.self))
    let numbers = (0..<60).map { -1.03 + 0.11 * Double($0) }
    let nearest = numbers.map { Int64(min(max($0.rounded(), 0), 4)) }
    #expect(
      Decoding.number(Tensor(numbers, shape: [60, 1]), classes: 5).argmax(dim: 1)
        .scalars(as: Int64.self) == nearest)
    let p = Decoding.corn(z, classes: 6).softmax(dim: 1).scalars(as: Double.self)
    for row in 0..<60 {
      let beyond = (0..<6).map { k in p[row * 6 + k..<row * 6 + 6].reduce(0, +) }
      #expect(zip(beyond, beyond.dropFirst()).allSatisfy { $0 >= $1 - 1e-7 })
    }
  }

  /// A rare class between two thresholds that are far out keeps its digits: σ(−40) − σ(−41) in single precision.
  @Test func digitsOfRareClasses() {
    let z = Tensor([-40, -41] as [Float], shape: [1, 2])
    let p = Decoding.cumulative(z, classes: 3).softmax(dim: 1).scalars(as: Double.self)
    #expect(close(p[1], 4.248354255291589e-18 * (1 - 0.36787944117144233), relative: 1e-5))
    let top = Decoding.cumulative(z * -1.0, classes: 3)
    #expect(top.scalars(as: Double.self).allSatisfy { $0.isFinite })
  }

  /// Two classes: the chain is a sigmoid.
  @Test func twoClasses() {
    let z = Tensor([-2.0, 0, 3], shape: [3, 1])
    let σ = z.sigmoid().scalars(as: Double.self)
    for decoding in [Decoding.corn, .cumulative] {
      let p = probabilities(decoding, z, classes: 2)
      #expect(difference(p, σ.flatMap { [1 - $0, $0] }, relative: 1e-12) == nil)
      #expect(!decoding.straightens(z).contains(true))
    }
  }

  /// Heads have as many outputs as are decoded, and edits keep the decoding.
  @Test(arguments: Decoding.allCases) func networks(decoding: Decoding) throws {
    let network = try Architectures.named("resnet20").build(
      classes: 4, form: NetworkForm(decoding: decoding), using: Generator(seed: 1))
    let outputs = [
      Decoding.softmax: 4, .sigmoid: 4, .labels: 4, .value: 4, .corn: 3, .cumulative: 3,
      .number: 1,
    ][decoding]
    let images = Tensor.normal([2, 3, 8, 8], using: Generator(seed: 5))
    for one in [network, network.withNewHead(classes: 4, using: Generator(seed: 2))] {
      #expect(one.classes == 4 && one.form.decoding == decoding)
      #expect(one(images, Context()).shape == [2, outputs])
      #expect(one.scores(of: one(images, Context())).shape == [2, 4])
      let marks = one.stateDict.keys.filter { $0.hasPrefix("decoding.") }
      #expect(marks == (decoding == .softmax ? [] : ["decoding.\(decoding.rawValue)"]))
    }
    // Weights of a plain network are taken over, the head's where it is as long.
    let plain = try Architectures.named("resnet20").build(classes: 4, using: Generator(seed: 3))
    let report = try network.loadPretrained(plain.stateDict)
    #expect(report.leftOut.isEmpty == (outputs == 4) && report.unexpected.isEmpty)
    if decoding != .softmax {
      #expect(throws: (any Error).self) { try plain.load(network.stateDict) }
    }
  }

  @Test func forms() throws {
    let text = String(
      decoding: try JSONEncoder().encode(NetworkForm(decoding: .corn)), as: UTF8.self)
    #expect(text.contains(#""decoding":"corn""#))
    #expect(
      try JSONDecoder().decode(NetworkForm.self, from: Data(text.utf8))
        == NetworkForm(decoding: .corn))
    // A plain classifier is written as before there were others.
    let plain = String(decoding: try JSONEncoder().encode(NetworkForm()), as: UTF8.self)
    #expect(!plain.contains("decoding"))
    #expect(NetworkForm(decoding: .corn).problem(for: 2) == nil)
    #expect(
      NetworkForm(decoding: .corn).problem(for: 1)
        == "expected 2 classes or more for the decoding corn, got 1")
    #expect(NetworkForm(head: .thresholds, decoding: .cumulative).problem(for: 3) == nil)
    #expect(
      NetworkForm(head: .thresholds).problem
        == "expected the decoding cumulative of thresholds, got softmax")
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Decoding.corn(Tensor.zeros([1, 3]), classes: 3)
    }
  }
}
