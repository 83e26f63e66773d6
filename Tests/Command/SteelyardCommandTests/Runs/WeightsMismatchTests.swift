import Networks
import OrderedCollections
import SteelyardCommand
import Testing
import Torch
import Weights

/// What is said of weights of another network.
@Suite struct WeightsMismatchTests {
  /// ResNet-34 has all names of ResNet-18, and more: the one that leaves none over is meant.
  @Test func theNetworkThatTheyAreOfIsNamed() throws {
    let weights = try Architectures.named("resnet34").build(
      classes: 3, using: Generator(seed: 0)
    ).stateDict
    let error = WeightsError.missing(network: "resnet20", names: ["linear.weight"])
    let mismatch = WeightsMismatch(error, weights)
    #expect(mismatch.fitting == "resnet34")
    #expect(
      mismatch.description == "\(error.description) They are of resnet34: --model resnet34")
  }

  /// Only networks of the same inputs are tried, made for as many of them.
  @Test func networksOfOtherInputsAreNotTried() throws {
    let weights = try Architectures.named("mlp").build(
      classes: 3, inputs: 9, using: Generator(seed: 0)
    ).stateDict
    let error = WeightsError.missing(network: "linear", names: ["fc.weight", "fc.bias"])
    #expect(WeightsMismatch(error, weights, of: .features, inputs: 9).fitting == "mlp")
    #expect(WeightsMismatch(error, weights, of: .series, inputs: 9).fitting == nil)
    #expect(WeightsMismatch(error, weights).fitting == nil)
  }

  /// Where no network fits, the one with most in common, and how much.
  @Test func theNearestIsNamed() throws {
    var weights = try Architectures.named("resnet34").build(
      classes: 3, using: Generator(seed: 0)
    ).stateDict
    weights["layer4.2.conv2.weight"] = nil
    let error = WeightsError.missing(network: "resnet20", names: ["linear.weight"])
    let mismatch = WeightsMismatch(error, weights)
    #expect(mismatch.fitting == "resnet18", "which has all it needs")
    weights["conv1.weight"] = Tensor.zeros([64, 1, 7, 7])
    let second = WeightsMismatch(error, weights)
    #expect(second.fitting == nil)
    #expect(
      second.description == error.description
        + " Nearest is resnet34, 178 of whose 180 tensors before the last layer are in the file.")
  }

  @Test func noneIsNamedWhereNoneFits() {
    let error = WeightsError.missing(network: "resnet20", names: ["linear.weight"])
    let mismatch = WeightsMismatch(error, ["other.weight": Tensor.zeros([2])])
    #expect(mismatch.fitting == nil && mismatch.description == error.description)
  }
}
