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
    #expect((options(.muon) as? Muon)?.momentum == 0.9)
    var settings = OptimizerSettings(kind: .sgd, momentum: 0, nesterov: false, weightDecay: 0)
    settings.sam = 0.1
    #expect((settings.optimizer(of: none) as? SAM)?.rho == 0.1)
  }
}
