import ArgumentParser

/// What computes, and from which seed.
struct EngineFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where to compute (default: \(defaults.device)).", valueName: "auto|cpu|cuda|cuda:N|mps"))
  var device: String?

  @Option(parsing: .unconditional, help: "Threads of the tensor engine (default: one per core).")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "bfloat16 products: auto is on where the processor has them (default: \(defaults.amp.rawValue)).",
      valueName: "when"))
  var amp: AmpChoice?

  @Option(parsing: .unconditional, help: "Seed of everything random (default: \(defaults.seed)).")
  var seed: Int?

  func lay(on overlay: inout Overlay) {
    overlay.set(\.device, device)
    overlay.set(optional: \.threads, threads)
    overlay.set(\.amp, amp)
    overlay.set(\.seed, seed)
  }
}
