import Foundation

/// Real data sets, which are never committed: below the folder that `STEELYARD_DATA` names, or
/// `../shared/data` beside the package. Tests that need one are skipped where it is absent:
///
///     @Test(.enabled(if: RealData.has("fashion-mnist"), RealData.absent))
public enum RealData {
  /// Why a test is skipped.
  public static let absent: String =
    "the real data are not here; set STEELYARD_DATA to their folder"

  /// The folder of a data set.
  public static func path(_ name: String) -> String {
    let given = ProcessInfo.processInfo.environment["STEELYARD_DATA"]
    let folder = given ?? Golden.root.appendingPathComponent("../shared/data").path
    return "\(folder)/\(name)"
  }

  /// Whether the data set is here.
  public static func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path(name))
  }
}
