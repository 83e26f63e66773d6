import Foundation

/// The functions of LightGBM's C interface that are used, as they stand in its library.
///
/// Source: `include/LightGBM/c_api.h` of LightGBM 4. Each gives 0, or −1 where `lastError` says why.
struct LightGBMFunctions: Sendable {
  typealias Handle = UnsafeMutableRawPointer
  typealias Place = UnsafeMutablePointer<Handle?>

  let lastError: @Sendable @convention(c) () -> UnsafePointer<CChar>?
  /// Rows, type, N, F, by rows, parameters, reference, result.
  let makeDataset:
    @Sendable @convention(c) (
      UnsafeRawPointer?, CInt, CInt, CInt, CInt, UnsafePointer<CChar>?, Handle?, Place?
    ) -> CInt
  /// Data set, name, values, count, type.
  let setField:
    @Sendable @convention(c) (Handle?, UnsafePointer<CChar>?, UnsafeRawPointer?, CInt, CInt) -> CInt
  let freeDataset: @Sendable @convention(c) (Handle?) -> CInt
  /// Data set, parameters, result.
  let makeBooster: @Sendable @convention(c) (Handle?, UnsafePointer<CChar>?, Place?) -> CInt
  let addValidation: @Sendable @convention(c) (Handle?, Handle?) -> CInt
  /// Booster, whether no split is left.
  let update: @Sendable @convention(c) (Handle?, UnsafeMutablePointer<CInt>?) -> CInt
  /// Booster, which data, count, values.
  let evaluate:
    @Sendable @convention(c) (
      Handle?, CInt, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<Double>?
    ) -> CInt
  let countEvaluations: @Sendable @convention(c) (Handle?, UnsafeMutablePointer<CInt>?) -> CInt
  /// Booster, first iteration, iterations, kind of importance, room, length, text.
  let text:
    @Sendable @convention(c) (
      Handle?, CInt, CInt, CInt, Int64, UnsafeMutablePointer<Int64>?, UnsafeMutablePointer<CChar>?
    ) -> CInt
  /// Text, iterations, result.
  let load:
    @Sendable @convention(c) (UnsafePointer<CChar>?, UnsafeMutablePointer<CInt>?, Place?) -> CInt
  let countClasses: @Sendable @convention(c) (Handle?, UnsafeMutablePointer<CInt>?) -> CInt
  let countFeatures: @Sendable @convention(c) (Handle?, UnsafeMutablePointer<CInt>?) -> CInt
  /// Booster, rows, type, N, F, by rows, kind, first iteration, iterations, parameters, length, result.
  let predict:
    @Sendable @convention(c) (
      Handle?, UnsafeRawPointer?, CInt, CInt, CInt, CInt, CInt, CInt, CInt,
      UnsafePointer<CChar>?, UnsafeMutablePointer<Int64>?, UnsafeMutablePointer<Double>?
    ) -> CInt
  let freeBooster: @Sendable @convention(c) (Handle?) -> CInt

  /// - Parameters:
  ///   - library: an open one.
  ///   - path: what errors call it.
  /// - Throws: ``BoostingError/noFunction(path:name:)``.
  init(_ library: UnsafeMutableRawPointer, path: String) throws(BoostingError) {
    func found<Function>(_ name: String) throws(BoostingError) -> Function {
      guard let symbol = dlsym(library, "LGBM_" + name) else {
        throw .noFunction(path: path, name: "LGBM_" + name)
      }
      return unsafeBitCast(symbol, to: Function.self)
    }
    lastError = try found("GetLastError")
    makeDataset = try found("DatasetCreateFromMat")
    setField = try found("DatasetSetField")
    freeDataset = try found("DatasetFree")
    makeBooster = try found("BoosterCreate")
    addValidation = try found("BoosterAddValidData")
    update = try found("BoosterUpdateOneIter")
    evaluate = try found("BoosterGetEval")
    countEvaluations = try found("BoosterGetEvalCounts")
    text = try found("BoosterSaveModelToString")
    load = try found("BoosterLoadModelFromString")
    countClasses = try found("BoosterGetNumClasses")
    countFeatures = try found("BoosterGetNumFeature")
    predict = try found("BoosterPredictForMat")
    freeBooster = try found("BoosterFree")
  }
}
