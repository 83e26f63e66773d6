import Datasets
import Randomness
import Sampling
import TestSupport
import Testing

@Suite struct LabelledSetTests {
  private func data(_ labels: [(String, Split)]) -> Dataset {
    Dataset(
      name: "made", layout: .manifest,
      examples: labels.enumerated().map { number, entry in
        Example(
          path: "\(number).png", source: .pixels(0), label: entry.0, split: entry.1,
          file: "t.csv", line: number + 2)
      })
  }

  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "no error"
  }

  @Test func labelsAreNumbersOfTheTrainingClasses() throws {
    let data = data([("b", .train), ("a", .train), ("a", .val), ("b", .train)])
    let classes = try data.trainingClasses()
    let train = try data.labelled(.train, classes: classes)
    #expect(train.indices == [0, 1, 3])
    #expect(train.labels == [1, 0, 1])
    #expect(train.counts == [1, 2])
    #expect(try train.classCounts().counts == [1, 2])
    #expect(train.example(at: 2).path == "3.png")
    #expect(try data.labelled(nil, classes: classes).count == 4)
  }

  @Test func classMissingFromTrainingIsNamed() {
    let data = data([("b", .train), ("a", .train), ("z", .val), ("z", .val), ("y", .test)])
    #expect(
      message { _ = try data.trainingClasses() } == """
        t.csv:4: the class 'z' occurs in val (2 images, first here) but not in train; \
        move some to train or drop the class
        t.csv:6: the class 'y' occurs in test (1 image, first here) but not in train; \
        move some to train or drop the class
        """)
  }

  @Test func unknownClassIsNamed() {
    let data = data([("b", .test), ("q", .test)])
    #expect(
      message { _ = try data.labelled(.test, classes: ClassList(["a", "b"])) }
        == "t.csv:3: unknown class 'q'; expected one of: a, b")
  }

  @Test func partsThatAreNotThereAreNamed() {
    let data = data([("b", .test), ("a", .test)])
    #expect(
      message { _ = try data.trainingClasses() }
        == "the data have no image in train; they have: test")
    #expect(
      message { _ = try data.labelled(.val, classes: ClassList(["a", "b"])) }
        == "the data have no image in val; they have: test")
    #expect(
      message { _ = try self.data([("b", .train)]).trainingClasses() }
        == "training holds only the class 'b'; a classifier needs at least two")
  }
}

@Suite struct SubsetTests {
  private struct Expected: Decodable {
    struct Tail: Decodable {
      let size: Int
      let classes: Int
      let ratio: Double
      let counts: [Int]
    }
    let tails: [Tail]
  }

  @Test func droppedClassesAreGone() throws {
    let data = Fixture.dataset([[2, 3, 4]])
    let rest = try data.dropping(classes: ["c1"])
    #expect(try rest.trainingClasses().names == ["c0", "c2"])
    #expect(rest.examples.count == 6)
    let error = #expect(throws: DatasetError.self) { try data.dropping(classes: ["c1", "c9"]) }
    #expect(error?.description == "no such class: c9; the data have: c0, c1, c2")
  }

  @Test func longTailHasThePublishedCounts() throws {
    let expected: Expected = try Golden.load("Datasets/datasets.json")
    for tail in expected.tails {
      let sizes = [Int](repeating: tail.size, count: tail.classes)
      #expect(Dataset.longTail(of: sizes, imbalance: tail.ratio) == tail.counts)
    }
    // CIFAR-10-LT and CIFAR-100-LT at 100:1, 50:1 and 10:1.
    for (classes, ratio, total) in [
      (10, 100.0, 12_406), (10, 50, 13_996), (10, 10, 20_431), (100, 100, 10_847),
      (100, 50, 12_608), (100, 10, 19_573),
    ] {
      let sizes = [Int](repeating: 50_000 / classes, count: classes)
      #expect(Dataset.longTail(of: sizes, imbalance: ratio).reduce(0, +) == total)
    }
    #expect(Dataset.longTail(of: [100, 5, 1], imbalance: 100) == [100, 5, 1])
    #expect(Dataset.longTail(of: [7, 7, 7], imbalance: 1) == [7, 7, 7])
    #expect(Dataset.longTail(of: [7, 7], imbalance: 1000) == [7, 1])
  }

  /// Of five classes three keep all in a step (Buda et al., Cao et al.), and a line falls by equal amounts.
  @Test func otherShapesHaveTheirCounts() {
    let sizes = [100, 100, 100, 100, 100]
    #expect(Dataset.longTail(of: sizes, imbalance: 10, shape: .step) == [100, 100, 100, 10, 10])
    #expect(Dataset.longTail(of: sizes, imbalance: 5, shape: .linear) == [100, 80, 60, 40, 20])
    #expect(Dataset.longTail(of: [100, 30], imbalance: 50, shape: .linear) == [100, 2])
    for shape in TailShape.allCases {
      #expect(Dataset.longTail(of: [9, 9, 9], imbalance: 1, shape: shape) == [9, 9, 9])
      let tail = Dataset.longTail(of: sizes, imbalance: 20, shape: shape)
      #expect(tail.first == 100 && tail.last == 5 && tail == tail.sorted(by: >))
    }
  }

  @Test func longTailIsSeededAndSparesTheTest() throws {
    var data = Fixture.dataset([[40, 40, 40]])
    for index in stride(from: 0, to: 120, by: 4) { data.examples[index].split = .test }
    for index in 0..<120 where index % 4 != 0 { data.examples[index].split = .train }
    let first = try data.longTailed(imbalance: 10, key: RandomKey(seed: 1))
    let again = try data.longTailed(imbalance: 10, key: RandomKey(seed: 1))
    let other = try data.longTailed(imbalance: 10, key: RandomKey(seed: 2))
    let classes = try first.trainingClasses()
    #expect(try first.labelled(.train, classes: classes).counts == [30, 9, 3])
    #expect(try first.labelled(.test, classes: classes).counts == [10, 10, 10])
    #expect(first.examples == again.examples)
    #expect(first.examples != other.examples)
    let error = #expect(throws: DatasetError.self) {
      try data.longTailed(imbalance: 0.5, key: RandomKey(seed: 1))
    }
    #expect(error?.description == "imbalance: expected a ratio of at least 1, got 0.5")
  }
}
