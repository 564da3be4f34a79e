package import GraphIR

/// An operation that puts numbers in other places: it repeats them, leaves some out, or blends
/// neighbors, but adds nothing to what they say.
package protocol Movement: GraphIR.Operation {}
