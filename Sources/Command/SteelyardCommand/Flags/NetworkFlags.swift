import ArgumentParser

/// Which network is trained, by which method.
struct NetworkFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Network; see 'steelyard models' (default: \(defaults.model)).", valueName: "name"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Start from these weights (.safetensors, torchvision .pth, BiT .npz).", valueName: "file"))
  var pretrained: String?

  @Option(
    help: ArgumentHelp(
      "Method; see 'steelyard methods' (default: \(defaults.method)).", valueName: "name"))
  var method: String?

  @Option(
    help: ArgumentHelp(
      "A hyper-parameter of the method, as in --set alpha=0.2; repeatable.",
      valueName: "name=value"),
    transform: Setting.init(argument:))
  var set: [Setting] = []

  @Option(
    name: [.long, .customLong("label-smoothing")],
    parsing: .unconditional,
    help: "Part of the label spread over all classes (default: \(defaults.smoothing.yaml)).")
  var smoothing: Double?

  func lay(on overlay: inout Overlay) {
    overlay.set(\.model, model)
    overlay.set(optional: \.pretrained, pretrained)
    overlay.set(\.method, method)
    overlay.merge(Dictionary(set.map { ($0.name, $0.value) }) { _, last in last })
    overlay.set(\.smoothing, smoothing)
  }
}
