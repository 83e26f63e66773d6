import Files
public import Targets
import Weights

extension ModelFile {
  /// Key of the prediction intervals of a number in the metadata.
  private static let bandKey = "number_band"

  /// The prediction intervals stored with a model of a number; `nil` where there are none.
  ///
  /// - Parameter path: The model.
  /// - Throws: `WeightsError` for a damaged file, `ModelError` for intervals that cannot be read.
  public static func band(of path: String) throws -> ConformalBand? {
    guard let text = try Safetensors.metadata(of: path)[bandKey] else { return nil }
    do {
      return try JSONFile.decode(ConformalBand.self, from: Array(text.utf8), name: bandKey)
    } catch {
      throw ModelError.badRule(path, reason: "\(error)")
    }
  }

  /// Gives a model of a number other prediction intervals; its weights stay as they are.
  ///
  /// - Parameters:
  ///   - band: The intervals; `nil` has none.
  ///   - path: The model.
  /// - Throws: `FileError`, `WeightsError` or `ModelError` saying what is wrong; the file is then as it was.
  public static func store(band: ConformalBand?, in path: String) throws {
    var (tensors, metadata) = try Safetensors.read(path)
    _ = try ModelDescription(metadata: metadata, path: path)
    metadata[bandKey] = try band.map {
      String(decoding: try JSONFile.encodeLine($0).dropLast(), as: UTF8.self)
    }
    try Safetensors.write(tensors, metadata: metadata, to: path)
  }
}
