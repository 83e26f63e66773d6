import Files

extension StoredImage {
  /// SHA-256 of size and samples, to tell whether two pictures are the same before anything is scaled:
  /// the same numbers give the same digest in whatever type, format or container they are stored, and two
  /// images that differ in brightness alone give two.
  ///
  /// Numbers are written in the first of these forms that holds all of them: 8 bits, 16 bits, 64-bit
  /// floating point. Grey is written as three equal bands, so that an 8-bit picture has the digest of
  /// its ``Image``; an alpha that is opaque everywhere is left out.
  ///
  /// 64 lower-case hexadecimal digits.
  public var digest: String {
    let alpha = doing(Transparency(stride: bands, band: alphaBand, opaque: type.opaque))
    let kept = alpha ? Array(0..<bands) : colours
    let order = kept.count == 1 ? [kept[0], kept[0], kept[0]] : kept
    let form = doing(NarrowestForm(stride: bands, bands: Array(Set(order))))
    let suffix = form == .bits8 ? "" : form == .bits16 ? " u16" : " f64"
    let head = Array("\(width) \(height) \(order.count)\(suffix)\n".utf8)
    return SHA256.hexadecimal(head, doing(Written(stride: bands, bands: order, form: form)))
  }
}

/// How numbers are written for a digest.
private enum Form { case bits8, bits16, real }

/// Whether some pixel is not opaque.
private struct Transparency: SampleWork {
  let stride: Int
  let band: Int?
  let opaque: Double

  func callAsFunction<Sample: StoredSample>(_ samples: UnsafeBufferPointer<Sample>) -> Bool {
    guard let band else { return false }
    return Swift.stride(from: band, to: samples.count, by: stride).contains {
      samples[$0].real != opaque
    }
  }
}

/// The narrowest form that holds every sample of some bands.
private struct NarrowestForm: SampleWork {
  let stride: Int
  let bands: [Int]

  func callAsFunction<Sample: StoredSample>(_ samples: UnsafeBufferPointer<Sample>) -> Form {
    if Sample.self == UInt8.self { return .bits8 }
    var form = Form.bits8
    for pixel in Swift.stride(from: 0, to: samples.count, by: stride) {
      for band in bands {
        let value = samples[pixel + band].real
        guard value >= 0, value <= 65535, value == value.rounded() else { return .real }
        if value > 255 { form = .bits16 }
      }
    }
    return form
  }
}

private struct Written: SampleWork {
  let stride: Int
  let bands: [Int]
  let form: Form

  func callAsFunction<Sample: StoredSample>(_ samples: UnsafeBufferPointer<Sample>) -> [UInt8] {
    let width = form == .bits8 ? 1 : form == .bits16 ? 2 : 8
    let count = samples.count / stride * bands.count * width
    return [UInt8](unsafeUninitializedCapacity: count) { out, initialised in
      var at = 0
      for pixel in Swift.stride(from: 0, to: samples.count, by: stride) {
        for band in bands {
          let value = samples[pixel &+ band].real
          // Equal numbers, equal bits: a zero may have a sign, and there are many NaN.
          let plain = value.isNaN ? Double.nan : value == 0 ? 0 : value
          let word = form == .real ? plain.bitPattern : UInt64(value)
          for byte in 0..<width {
            out[at &+ byte] = UInt8(truncatingIfNeeded: word &>> (8 &* byte))
          }
          at &+= width
        }
      }
      initialised = count
    }
  }
}
