import Evaluation
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Damaged requirements")
struct RequirementFuzzTests {
  @Test("every text is a requirement that writes itself back, or an error with words")
  func fuzz() {
    let fuzz = Fuzz(Array("balanced_accuracy >= -0.015".utf8), key: RandomKey(seed: 6))
    var (read, refused) = (0, 0)
    for index in 0..<5000 {
      let text = String(decoding: fuzz.mutant(index), as: UTF8.self)
      do throws(RequirementError) {
        let requirement = try Requirement(parsing: text)
        #expect(Metric.named(requirement.metric) != nil && requirement.bound.isFinite)
        let again = try? Requirement(parsing: requirement.text)
        #expect(again == requirement)
        read += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(read > 50 && refused > 1000)
  }

  @Test("every metric of the catalogue can be required, in both directions")
  func catalogue() throws {
    for metric in Metric.catalogue {
      for relation in Requirement.Relation.allCases {
        let requirement = try Requirement(parsing: "\(metric.name)\(relation.rawValue)0.5")
        #expect(requirement.metric == metric.name && requirement.relation == relation)
        #expect(requirement.allows(0.5))
      }
    }
  }
}
