import ArgumentParser
import Files

/// How much memory archives may take; the same for every command that reads some.
struct MemoryFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Refuse archives (.npz, .gz, .pth) that would take more memory than this unpacked, such as 500M or 20G (default:"
        + " half of what is free). Images of a larger .npz are read one by one.",
      valueName: "size"))
  var maxUnpacked: ByteSize?

  /// Sets the limit of this process: what was unpacked into it stands in no value that could be passed along.
  func validate() throws { if let maxUnpacked { UnpackLimit.set(maxUnpacked.bytes) } }
}
