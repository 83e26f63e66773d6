import Files
import Testing
import Weights

@Suite("WeightsError")
struct WeightsErrorTests {
  @Test("says what is wrong with which file and what to do")
  func messages() {
    let cases: [(WeightsError, String)] = [
      (
        .file(.missing(path: "a.pth")), "a.pth: no such file or folder; check the path"
      ),
      (
        .malformed(path: "a.pth", format: .pytorch, reason: "too short"),
        "a.pth: not a readable PyTorch state dict file: too short"
      ),
      (
        .tensor(path: "a.safetensors", name: "w", reason: "too long"),
        "a.safetensors: tensor 'w': too long"
      ),
      (
        .refused(path: "a.pth", name: "posix.system"),
        "a.pth: asks to run 'posix.system', which is not part of a state dict; nothing was run."
          + " Save it from PyTorch with torch.save(model.state_dict(), path)"
      ),
      (
        .missing(network: "resnet18", names: ["a", "b", "c", "d"]),
        "the weights lack 'a', 'b', 'c' and 1 more of resnet18; are they of another network?"
      ),
      (
        .unexpected(network: "resnet18", names: ["a"]),
        "the weights have 'a', which resnet18 has not; are they of another network?"
      ),
      (
        .shape(network: "resnet18", name: "fc.bias", expected: [5], got: [1000]),
        "'fc.bias' of resnet18 has shape [5], the weights have [1000];"
          + " are they of another network or class count?"
      ),
      (
        .differences(
          network: "resnet18",
          first: [
            .init(name: "conv1.weight", expected: [64, 3, 7, 7], got: [64, 1, 7, 7]),
            .init(name: "bn1.bias", expected: [64], got: nil),
          ], count: 7),
        "the weights are not those of resnet18: 'conv1.weight' has shape [64, 3, 7, 7], the weights have"
          + " [64, 1, 7, 7]; 'bn1.bias' has shape [64], the weights lack it; and 5 more; are they of"
          + " another network?"
      ),
      (
        .twin(network: "efficientnet_b0", of: "efficientnet_b0_torch", reason: "a.pth says so"),
        "the weights are of efficientnet_b0_torch: a.pth says so. Its tensors have the names and shapes of"
          + " efficientnet_b0's, which would take them and compute something else"
      ),
      (
        .notFinite(network: "resnet18", name: "conv1.weight", count: 3, tensors: 2),
        "the weights have 3 values that are NaN or infinite in 'conv1.weight' and others in 1 more tensors"
          + " of resnet18: the training that made them diverged, or the file is damaged"
      ),
      (
        .ambiguous(network: "resnet18", prefixes: ["student.", "teacher."]),
        "the weights hold resnet18 2 times, under 'student.', 'teacher.'; save the one that is meant by"
          + " itself"
      ),
    ]
    for (error, message) in cases { #expect(error.description == message) }
  }
}
