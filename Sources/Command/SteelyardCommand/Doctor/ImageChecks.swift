import Imaging

/// Checks of the image libraries: that each is there and decodes.
enum ImageChecks {
  static func all() -> [Check] { [turboJPEG, libvips, formats] }

  private static var turboJPEG: Check {
    check(
      "TurboJPEG", version: ImageLibraries.turboJPEGVersion, sample: Samples.jpeg,
      fix: "apt-get install libturbojpeg0-dev (macOS: brew install jpeg-turbo)")
  }

  private static var libvips: Check {
    guard !ImageLibraries.vipsVersion.isEmpty else {
      return Check("libvips", .failed, "does not start", fix: vipsFix)
    }
    return check(
      "libvips", version: ImageLibraries.vipsVersion, sample: Samples.png, fix: vipsFix)
  }

  private static var formats: Check {
    let readable = ImageLibraries.readable.map(\.rawValue).joined(separator: " ")
    let missing = ImageLibraries.missing.map(\.rawValue)
    guard !missing.isEmpty else { return Check("formats", .ok, readable) }
    return Check(
      "formats", .limited, "\(readable); not \(missing.joined(separator: " "))",
      fix: "install a libvips built with them, if you have such images")
  }

  private static let vipsFix = "apt-get install libvips-dev (macOS: brew install vips)"

  private static func check(
    _ name: String, version: String, sample: [UInt8], fix: String
  ) -> Check {
    do {
      let image = try ImageFile.decode(sample, name: "sample", atLeast: nil)
      let size = "\(image.width)×\(image.height)"
      let found = version.isEmpty ? "present" : version
      return size == "8×8"
        ? Check(name, .ok, "\(found), decodes")
        : Check(name, .failed, "\(found), decodes an 8×8 sample as \(size)", fix: fix)
    } catch {
      return Check(name, .failed, "\(error)", fix: fix)
    }
  }
}
