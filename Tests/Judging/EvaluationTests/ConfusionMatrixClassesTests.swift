import Evaluation
import TestSupport
import Testing

@Suite("Rates of one class against the rest")
struct ConfusionMatrixClassesTests {
  @Test("equal to counting the examples one by one")
  func counted() {
    for number in 1...200 {
      let table = GoldenTable(number)
      let confusion = table.evidence.confusion
      for index in 0..<table.classes {
        let pairs = zip(table.truths, table.decisions)
        let hits = pairs.count { $0 == index && $1 == index }
        let alarms = pairs.count { $0 != index && $1 == index }
        let missed = pairs.count { $0 == index && $1 != index }
        let quiet = pairs.count { $0 != index && $1 != index }
        func part(_ count: Int, of others: Int) -> Double? {
          count + others == 0 ? nil : Double(count) / Double(count + others)
        }
        #expect(confusion.truePositives[index] == hits)
        #expect(confusion.precision[index] == part(hits, of: alarms))
        #expect(confusion.recall[index] == part(hits, of: missed))
        #expect(confusion.specificity[index] == part(quiet, of: alarms))
        #expect(confusion.f1[index] == part(2 * hits, of: alarms + missed))
      }
    }
  }

  @Test("truth and prediction exchanged exchange precision and recall, and keep F1")
  func exchange() {
    let rows = [[5, 2, 0], [1, 0, 0], [3, 0, 7]]
    let one = ConfusionMatrix(rows: rows)
    let other = ConfusionMatrix(rows: rows.indices.map { column in rows.map { $0[column] } })
    #expect(one.precision == other.recall)
    #expect(one.recall == other.precision)
    #expect(one.f1 == other.f1)
  }

  @Test("two classes: the specificity of one is the recall of the other")
  func binary() {
    let confusion = ConfusionMatrix(rows: [[7, 3], [1, 4]])
    #expect(confusion.specificity == confusion.recall.reversed())
  }

  @Test("F1 is the harmonic mean where precision and recall are defined and not 0")
  func harmonic() {
    for number in 1...200 {
      let confusion = GoldenTable(number).evidence.confusion
      for index in confusion.f1.indices {
        guard let p = confusion.precision[index], let r = confusion.recall[index] else { continue }
        let mean = p + r == 0 ? 0 : 2 * p * r / (p + r)
        #expect(close(confusion.f1[index] ?? -1, mean), "table \(number)")
      }
    }
  }

  @Test("weighted recall is the accuracy; weighted F1 needs the support of every class")
  func weighted() {
    for number in 1...200 {
      let confusion = GoldenTable(number).evidence.confusion
      let recall = Average(weighted: confusion.recall, by: confusion.support).value
      #expect(close(recall ?? -1, confusion.accuracy ?? -2))
    }
  }
}
