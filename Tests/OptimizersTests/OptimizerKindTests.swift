import Optimizers
import Testing

@Suite struct OptimizerKindTests {
  @Test(arguments: OptimizerKind.allCases)
  func knowsItsName(kind: OptimizerKind) throws {
    #expect(try OptimizerKind(named: kind.rawValue) == kind)
  }

  @Test func makesWhatItNames() {
    let none = ParameterList(names: [], tensors: [])
    let options = { (kind: OptimizerKind) in
      kind.optimizer(of: none, momentum: 0.9, nesterov: true, weightDecay: 0.1)
    }
    #expect((options(.sgd) as? SGD)?.nesterov == true)
    #expect((options(.adamw) as? AdamW)?.weightDecay == 0.1)
  }

  @Test func unknownNameListsTheKnown() {
    let error = #expect(throws: OptimizerKindError.self) { try OptimizerKind(named: "adam") }
    #expect(error?.description == "no optimiser is called 'adam'; expected one of: sgd, adamw")
  }
}
