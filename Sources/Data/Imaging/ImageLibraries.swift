internal import CImaging

/// The C libraries behind the decoder, for a report on the machine.
public enum ImageLibraries {
  /// TurboJPEG's version, such as `2.1.5`; empty where its headers do not tell.
  public static var turboJPEGVersion: String { String(cString: ci_jpeg_version()) }

  /// libvips' version, such as `8.14.1`; empty when it does not start.
  public static var vipsVersion: String { String(cString: ci_vips_version()) }

  /// The formats that this machine reads.
  public static var readable: [ImageFormat] {
    ImageFormat.allCases.filter { format in format.operation.map { ci_vips_has($0) != 0 } ?? true }
  }

  /// The formats that this machine's libvips was built without.
  public static var missing: [ImageFormat] {
    let readable = readable
    return ImageFormat.allCases.filter { !readable.contains($0) }
  }
}
