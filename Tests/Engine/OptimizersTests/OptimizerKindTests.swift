import Optimizers
import Testing

@Suite struct OptimizerKindTests {
  @Test func makesWhatItNames() {
    let none = ParameterList(names: [], tensors: [])
    let options = { (kind: OptimizerKind) in
      kind.optimizer(of: none, momentum: 0.9, nesterov: true, weightDecay: 0.1)
    }
    #expect((options(.sgd) as? SGD)?.nesterov == true)
    #expect((options(.adamw) as? AdamW)?.weightDecay == 0.1)
  }
}
