internal import CImaging

extension ResampleAxis {
  /// Every row `[W, C]` of an image into one of `[count, C]`; `target` has room for all of them.
  func mixColumns(of image: Image, into target: UnsafeMutableBufferPointer<UInt8>) {
    image.pixels.withUnsafeBufferPointer { source in
      withPointers { axis in
        ci_resample_columns(
          source.baseAddress, Int32(image.width), Int32(image.height), Int32(image.channels), axis,
          target.baseAddress)
      }
    }
  }

  /// The rows of an image into `count` rows of as many samples; `target` has room for all of them.
  func mixRows(of image: Image, into target: UnsafeMutableBufferPointer<UInt8>) {
    image.pixels.withUnsafeBufferPointer { source in
      withPointers { axis in
        ci_resample_rows(
          source.baseAddress, image.width * image.channels, axis, target.baseAddress)
      }
    }
  }

  private func withPointers(_ body: (UnsafePointer<ci_axis>) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      offsets.withUnsafeBufferPointer { offsets in
        weights.withUnsafeBufferPointer { weights in
          var axis = ci_axis(
            starts: starts.baseAddress, offsets: offsets.baseAddress, weights: weights.baseAddress,
            count: Int32(count))
          body(&axis)
        }
      }
    }
  }
}
