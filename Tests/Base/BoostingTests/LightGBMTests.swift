import Boosting
import Files
import TestSupport
import Testing

/// How the library is looked for, and what is said where it is not.
@Suite struct LightGBMTests {
  private func message(_ environment: [String: String]) -> String {
    do throws(BoostingError) {
      return "found at \(try LightGBM.find(in: environment).path)"
    } catch {
      return error.description
    }
  }

  @Test func aWrongFileIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/x.so"
      try AtomicFile.write(Array("no library".utf8), to: file)
      #expect(
        message([LightGBM.variable: file]).hasPrefix(
          "lightgbm: STEELYARD_LIGHTGBM names \(file), which is not read as a library: "))
      // In a folder the library has its own name.
      #expect(
        message([LightGBM.variable: folder]).hasPrefix(
          "lightgbm: STEELYARD_LIGHTGBM names \(folder)/\(LightGBM.fileName), which is not read as")
      )
    }
  }

  @Test func whatIsMissingSaysWhatToInstall() {
    #expect(
      BoostingError.noLibrary.description
        == "lightgbm: its library, \(LightGBM.fileName), is not installed; install LightGBM (pip install lightgbm has it in"
        + " lightgbm/lib) and name the file in STEELYARD_LIGHTGBM")
    #expect(
      BoostingError.noFunction(path: "x.so", name: "LGBM_BoosterFree").description
        == "lightgbm: x.so has no function LGBM_BoosterFree; expected LightGBM 4 or later")
  }
}
