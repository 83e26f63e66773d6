import SteelyardCommand
import Testing

@Suite struct TrainOptionsTests {
  @Test func whatIsGivenIsRememberedThoughItIsTheDefault() {
    var options = TrainOptions()
    options.lr = TrainOptions.standard.lr
    options.clipGrad = nil
    #expect(options.givenNames == ["lr", "clip-grad"])
    #expect(options == .standard)
    options.clipGrad = 1
    #expect(options != .standard)
  }

  @Test func noValueCanBeLaidOverAValue() {
    var (lower, upper) = (TrainOptions(), TrainOptions())
    (lower.clipGrad, lower.epochs) = (2, 3)
    upper.clipGrad = nil
    #expect(TrainOptions([lower, upper]).clipGrad == nil)
    #expect(TrainOptions([upper, lower]).clipGrad == 2)
    #expect(TrainOptions([lower, upper]).epochs == 3)
  }

  @Test func hyperparametersAreLaidOverEachOtherByName() {
    var (lower, upper) = (TrainOptions(), TrainOptions())
    lower.set = ["alpha": "1", "beta": "2"]
    upper.set = ["beta": "3"]
    let both = TrainOptions([lower, upper])
    #expect(both.set == ["alpha": "1", "beta": "3"])
    #expect(both.givenNames == ["set.alpha", "set.beta"])
  }
}
