import Foundation
import Sampling
import TestSupport
import Testing

@Suite struct ClassCountsTests {
  @Test func countsLabels() throws {
    let classes = try ClassCounts(labels: [2, 0, 0, 1, 0], classes: 3)
    #expect(classes.counts == [3, 1, 1])
    #expect(classes.total == 5)
    #expect(classes.count == 3)
    #expect((classes.rarest, classes.commonest) == (1, 3))
    #expect(classes.imbalance == 3)
    #expect(difference(classes.priors, [0.6, 0.2, 0.2]) == nil)
  }

  @Test func codesAsAPlainList() throws {
    let classes = try ClassCounts([3, 1])
    let bytes = try JSONEncoder().encode(classes)
    #expect(String(decoding: bytes, as: UTF8.self) == "[3,1]")
    #expect(try JSONDecoder().decode(ClassCounts.self, from: bytes) == classes)
    #expect(throws: ClassCountsError.emptyClass(1, of: 2)) {
      try JSONDecoder().decode(ClassCounts.self, from: Data("[3,0]".utf8))
    }
  }

  @Test func refusesWhatIsNoTrainingSet() {
    #expect(throws: ClassCountsError.noClasses) { try ClassCounts([]) }
    #expect(throws: ClassCountsError.noClasses) { try ClassCounts(labels: [], classes: 0) }
    #expect(throws: ClassCountsError.emptyClass(1, of: 3)) { try ClassCounts([4, 0, 2]) }
    #expect(throws: ClassCountsError.labelOutOfRange(3, position: 1, classes: 2)) {
      try ClassCounts(labels: [0, 3], classes: 2)
    }
  }

  @Test(arguments: [
    (
      ClassCountsError.noClasses,
      "there are no classes; a training set needs at least one labelled example"
    ),
    (
      .emptyClass(1, of: 3),
      "class 1 of 3 has no training example; "
        + "leave it out of the class list or move an example of it into training"
    ),
    (
      .labelOutOfRange(3, position: 7, classes: 2),
      "example 7 has label 3; expected 0 to 1"
    ),
  ])
  func errorsSayWhatToDo(error: ClassCountsError, text: String) {
    #expect(error.description == text)
  }
}
