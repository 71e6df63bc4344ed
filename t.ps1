param([string]$Q) "ps1 $Q"
