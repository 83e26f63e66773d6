/// One change of an image's colours by a known amount. Results are cut off at 0 and 255 and their fraction
/// is dropped, as torchvision does with 8-bit images.
public enum ColorAdjustment: ImageOperation, Equatable {
  /// `f v`; 1 changes nothing, 0 is black.
  case brightness(Double)
  /// `f v + (1 − f) m` with the image's mean grey `m`; 0 is all grey.
  case contrast(Double)
  /// `f v + (1 − f) g` with the pixel's grey `g`; 0 is a grey image.
  case saturation(Double)
  /// Turns the hue by `f` of the circle, −0.5…0.5.
  case hue(Double)

  /// None: colours change, nothing moves.
  public var onTarget: (any ImageOperation)? { nil }

  /// Changes the image in place. Saturation and hue leave a grey image as it is.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    let channels = image.channels
    image.pixels.withUnsafeMutableBufferPointer { pixels in
      switch self {
      case .brightness(let factor):
        pixels.blend(towards: 0, factor: Float(factor))
      case .contrast(let factor):
        pixels.blend(towards: pixels.meanGrey(channels: channels), factor: Float(factor))
      case .saturation(let factor):
        if channels == 3 { pixels.saturate(Self.scale(ofSaturation: factor)) }
      case .hue(let turn):
        if channels == 3 && turn != 0 { pixels.turnHue(by: Self.sixths(ofTurn: turn)) }
      }
    }
  }

  /// A factor in 1/65536, which is several times faster than floating point here. Factors beyond 64 give what 64
  /// gives: every channel is at an end by then.
  package static func scale(ofSaturation factor: Double) -> Int32 {
    Int32((min(Float(factor), 64) * 65536).rounded())
  }

  /// A turn in sixths of the circle, −6…6, whole circles left out.
  package static func sixths(ofTurn turn: Double) -> Float {
    6 * Float(turn).truncatingRemainder(dividingBy: 1)
  }
}

/// 0…255 with the fraction dropped.
@inline(__always)
private func level(_ value: Float) -> UInt8 { UInt8(max(0, min(255, value))) }

/// ITU-R BT.601 with torchvision's digits 0.2989, 0.587 and 0.114, in 1/65536.
@inline(__always)
private func grey(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
  (19589 &* Int32(red) &+ 38470 &* Int32(green) &+ 7471 &* Int32(blue)) &>> 16
}

extension UnsafeMutableBufferPointer<UInt8> {
  fileprivate func blend(towards anchor: Float, factor: Float) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { table in
      for value in 0..<256 {
        table[value] = level(factor * Float(value) + (1 - factor) * anchor)
      }
      for i in indices { self[i] = table[Int(self[i])] }
    }
  }

  fileprivate func meanGrey(channels: Int) -> Float {
    var sum = 0
    if channels == 1 {
      for value in self { sum &+= Int(value) }
    } else {
      for i in stride(from: 0, to: count, by: 3) {
        sum &+= Int(grey(self[i], self[i + 1], self[i + 2]))
      }
    }
    return Float(Double(sum) / Double(count / channels))
  }

  fileprivate func saturate(_ scale: Int32) {
    for i in stride(from: 0, to: count, by: 3) {
      let anchor = (65536 &- scale) &* grey(self[i], self[i &+ 1], self[i &+ 2])
      for channel in i..<(i &+ 3) {
        let value = (scale &* Int32(self[channel]) &+ anchor) &>> 16
        self[channel] = UInt8(truncatingIfNeeded: Swift.max(0, Swift.min(255, value)))
      }
    }
  }

  fileprivate func turnHue(by sixths: Float) {
    for i in stride(from: 0, to: count, by: 3) {
      let turned = HueCircle(self[i], self[i + 1], self[i + 2]).turned(by: sixths)
      (self[i], self[i + 1], self[i + 2]) = turned
    }
  }
}
