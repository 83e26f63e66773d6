import Files
import Imaging

/// How a survey looks at one image or row.
struct SurveyLook: Sendable {
  let dataset: Dataset
  /// Whether pixels are decoded.
  let decodes: Bool
  let takesFingerprints: Bool

  /// Samples that are kept of all images together, for the scale of the set: enough that half a percent
  /// of them is well known, few enough to hold.
  private static let allSamples = 4_194_304

  private var samplesPerImage: Int {
    min(max(Self.allSamples / max(1, dataset.examples.count), 64), 16_384)
  }

  func facts(of index: Int) -> Survey.Facts { DecodeRoom.whileUsing { found(at: index) } }

  private func found(at index: Int) -> Survey.Facts {
    var facts = Survey.Facts()
    if case .row(let number) = dataset.examples[index].source, let rows = dataset.rows {
      facts.bytes = rows.digest(number, of: name(ofRow: number, dataset.examples[index], rows))
      return facts
    }
    do throws(DatasetError) {
      let bytes = try dataset.bytes(at: index)
      facts.bytes = SHA256.hexadecimal(bytes)
      do throws(ImageError) {
        if case .pixels(let number) = dataset.examples[index].source, let store = dataset.pixels {
          try look(at: number, of: store, dataset.examples[index], into: &facts)
        } else {
          try look(at: bytes, dataset.examples[index], into: &facts)
        }
      } catch {
        throw .image(error, origin: dataset.examples[index].origin)
      }
    } catch {
      facts.failure = Self.reason(error, at: dataset.examples[index].origin)
    }
    return facts
  }

  /// The name that counts where rows are compared: of a table with columns of words. Two of its rows with the same few
  /// categories are two patients, where two equal rows of numbers or equal images are one. Nil where rows have no names of
  /// their own.
  private func name(ofRow number: Int, _ example: Example, _ rows: RowStore) -> String? {
    let isNamed = !example.path.hasSuffix("#\(number)")
    return rows.columns?.hasWords == true && isNamed ? example.path : nil
  }

  private func look(
    at number: Int, of store: PixelStore, _ example: Example, into facts: inout Survey.Facts
  ) throws(ImageError) {
    facts.size = store.size(number)
    facts.channels = store.channels(number)
    facts.type = store.type(number)
    facts.format = "raw"
    let reading = dataset.pixelReading
    guard reading.page == 1 else {
      throw .noSuchPage(name: example.path, page: reading.page, pages: 1)
    }
    guard decodes else { return }
    if let image = try read({ () throws(FileError) in try store.image(number) }, example),
      reading.bands == nil
    {
      note(.levels(image), into: &facts)
    } else {
      let image = try read({ () throws(FileError) in try store.stored(number) }, example)
      facts.spareBands = ImageHeader(image).spareBands(reading)
      note(try ImageFile.pixels(of: image, name: example.path, reading: reading), into: &facts)
    }
  }

  private func read<R>(
    _ body: () throws(FileError) -> R, _ example: Example
  ) throws(ImageError) -> R {
    do throws(FileError) {
      return try body()
    } catch {
      throw .unreadable(name: example.path, format: .numpy, reason: "\(error)")
    }
  }

  private func look(
    at bytes: [UInt8], _ example: Example, into facts: inout Survey.Facts
  ) throws(ImageError) {
    let reading = dataset.pixelReading
    let header = try ImageFile.header(of: bytes, name: example.path, reading: reading)
    facts.size = header.size
    facts.channels = header.channels
    facts.type = header.type
    facts.pages = header.pages
    facts.hasAlpha = header.alphaBand != nil
    facts.spareBands = header.spareBands(reading)
    facts.format = header.format.description
    guard decodes else { return }
    note(
      try ImageFile.pixels(of: bytes, header, name: example.path, reading: reading), into: &facts)
  }

  private func note(_ pixels: FilePixels, into facts: inout Survey.Facts) {
    switch pixels {
    case .levels(let image):
      facts.pixels = image.digest
      if takesFingerprints { facts.fingerprint = Fingerprint(GreyPicture(image)) }
    case .stored(let image):
      facts.pixels = image.digest
      if image.type != .uint8 {
        facts.sample = image.sample(atMost: samplesPerImage, dataset.pixelReading)
      }
      if takesFingerprints {
        facts.fingerprint = GreyPicture(image, dataset.pixelReading).flatMap(Fingerprint.init)
      }
    }
  }

  /// The reason without the place, which the problem has already.
  private static func reason(_ error: DatasetError, at origin: String) -> String {
    switch error {
    case .image(let error, _): return DatasetError.reason(error, at: origin)
    case .file(let error) where error.path == FilePath.absolute(origin):
      return String(error.description.trimmingPrefix(error.path + ": "))
    case .file(let error) where origin.hasPrefix(error.path + "/"):
      return String(error.description.trimmingPrefix(error.path + ": "))
    default: return error.description
    }
  }
}
