import Evaluation
import Testing

@Suite("Area under the ROC curve")
struct AreaUnderROCTests {
  @Test("perfect, reversed, tied and undefined")
  func limits() {
    #expect(areaUnderROC(positives: [0.8, 0.9], negatives: [0.1, 0.2]) == 1)
    #expect(areaUnderROC(positives: [0.1, 0.2], negatives: [0.8, 0.9]) == 0)
    #expect(areaUnderROC(positives: [0.5, 0.5], negatives: [0.5]) == 0.5)
    #expect(areaUnderROC(positives: [], negatives: [0.5]) == nil)
    #expect(areaUnderROC(positives: [0.5], negatives: []) == nil)
    #expect(areaUnderROC(positives: [-0.0], negatives: [0.0]) == 0.5)
  }

  @Test("equals the count of pairs, half for ties")
  func pairs() {
    for number in 1...100 {
      let table = GoldenTable(number)
      let column = table.truths.indices.map { table.scores[$0 * table.classes] }
      let positives = column.indices.filter { table.truths[$0] == 0 }.map { column[$0] }
      let negatives = column.indices.filter { table.truths[$0] != 0 }.map { column[$0] }
      guard !positives.isEmpty, !negatives.isEmpty else { continue }
      let won = positives.reduce(0.0) { sum, p in
        sum + negatives.reduce(0.0) { $0 + (p > $1 ? 1 : p == $1 ? 0.5 : 0) }
      }
      let expected = won / Double(positives.count * negatives.count)
      let area = areaUnderROC(positives: positives, negatives: negatives)
      #expect(abs((area ?? .nan) - expected) < 1e-12)
      let mirrored = areaUnderROC(positives: negatives, negatives: positives)
      #expect(abs((area ?? .nan) + (mirrored ?? .nan) - 1) < 1e-12)
    }
  }

  @Test("NaN among the scores traps")
  func notANumber() async {
    await #expect(processExitsWith: .failure) {
      _ = areaUnderROC(positives: [.nan], negatives: [0.5])
    }
  }
}
