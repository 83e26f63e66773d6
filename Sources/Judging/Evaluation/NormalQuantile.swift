import Requirements

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The number below which a standard normal variable falls with the given probability.
///
/// Newton's method on the complementary error function, from the start of Abramowitz and Stegun
/// 26.2.23; agrees with `scipy.stats.norm.ppf` to 1e-12.
///
/// - Parameter probability: Between 0 and 1, both excluded.
/// - Precondition: `probability` lies strictly between 0 and 1.
package func normalQuantile(_ probability: Double) -> Double {
  require(
    probability > 0 && probability < 1,
    "normalQuantile: expected a probability between 0 and 1, got \(probability)")
  // In the lower tail erfc loses nothing to cancellation; the upper tail is its mirror image.
  if probability > 0.5 { return -normalQuantile(1 - probability) }
  let t = (-2 * log(probability)).squareRoot()
  var x =
    (2.515517 + t * (0.802853 + t * 0.010328))
    / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for _ in 0..<8 {
    let error = (0.5 * erfc(-x / 2.0.squareRoot()) - probability) / probability
    let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot() / probability
    // Halley's correction: third order, so the last rounds change nothing.
    let step = error / density
    x -= step / (1 + x * step / 2)
  }
  return x
}
