# Prints functions and other declarations in braces that have more than `limit` lines. The formatter
# puts what ends a declaration below its first letter, so that indentation tells where it ends.
FNR == 1 { depth = 0 }
/^ *$/ { next }
{
  match($0, /^ */)
  indent = RLENGTH
  while (depth > 0 && indents[depth] > indent) depth--
}
depth > 0 && indents[depth] == indent {
  if ($0 ~ /^ *[})\]]/) {
    # A line such as `) -> Int {` goes on.
    if ($0 !~ /[{(]$/) {
      lines = FNR - starts[depth] + 1
      if (lines > limit) print FILENAME ":" starts[depth] " has " lines " lines"
      depth--
    }
  } else if ($0 !~ /^ *(\{|where |\/\/)/) {
    depth--
  }
}
/^ *((@[A-Za-z]+(\([^)]*\))?|public|package|private|fileprivate|static|mutating|override|final|convenience|required|nonisolated) )*(func|init|deinit|subscript|let|var)[^A-Za-z]/ && /[{(]$/ {
  depth++
  indents[depth] = indent
  starts[depth] = FNR
}
