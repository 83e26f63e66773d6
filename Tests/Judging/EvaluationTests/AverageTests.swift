import Evaluation
import TestSupport
import Testing

@Suite("Means over classes")
struct AverageTests {
  @Test("a mean leaves undefined classes out and says how many it is over")
  func averages() {
    #expect(Average(macro: [1, nil, 0]).value == 0.5)
    #expect(Average(macro: [1, nil, 0]).classesAveraged == 2)
    #expect(Average(macro: [nil, nil]).value == nil)
    #expect(Average(macro: [nil, nil]).classesAveraged == 0)
    #expect(Average(weighted: [1, 0.5, 0.25], by: [1, 3, 0]).value == 0.625)
    #expect(Average(weighted: [1, 0.5, 0.25], by: [1, 3, 0]).classesAveraged == 2)
    #expect(Average(plain: 0.3).classesAveraged == nil)
    #expect(abs((Average(geometric: [0.25, nil, 1]).value ?? 0) - 0.5) < 1e-15)
    #expect(Average(geometric: [0.25, nil, 1]).classesAveraged == 2)
    #expect(Average(geometric: [0.25, 0, nil]).value == 0)
    #expect(Average(geometric: [1, 1]).value == 1)
    #expect(Average(geometric: [nil]).value == nil)
  }

  @Test("the order of the classes is of no matter, to the last bit")
  func order() {
    let values: [Double?] = [0.1, 0.7, nil, 1.0 / 3, 0.999, 1e-9]
    let support = [3, 1, 4, 1, 5, 9]
    #expect(Average(macro: values) == Average(macro: values.reversed()))
    #expect(Average(geometric: values) == Average(geometric: values.reversed()))
    #expect(
      Average(weighted: values, by: support)
        == Average(weighted: values.reversed(), by: support.reversed()))
  }

  @Test("the geometric mean is at most the plain one, and equal where all values are")
  func inequality() {
    for number in 1...200 {
      let recall = GoldenTable(number).evidence.confusion.recall
      let (geometric, plain) = (Average(geometric: recall), Average(macro: recall))
      #expect(geometric.classesAveraged == plain.classesAveraged)
      #expect((geometric.value ?? 0) <= (plain.value ?? 0) + 1e-12)
    }
    #expect(close(Average(geometric: [0.3, 0.3, 0.3]).value ?? 0, 0.3))
  }

  @Test("weights of another length trap")
  func lengths() async {
    await #expect(processExitsWith: .failure) { _ = Average(weighted: [1, 0], by: [1]) }
  }
}
