<#
.SYNOPSIS
Brings src/*/PublicAPI.Unshipped.txt up to date with the code, so that the diff shows what a change makes public.
.DESCRIPTION
Builds, reads the compiler's RS0016 (public but not listed) and RS0017 (listed but gone), and edits the lists. Read the diff before
committing it: once released, a member may be added and never renamed or removed.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
# A project whose list is wrong is not compiled further, and one that refers to it not at all: so again, until a build finds nothing more to change.
foreach ($round in 1..5) {
    $output = dotnet build "$root/ApiTools.sln" -v q 2>&1 | Out-String -Stream
    $changed = $false
    foreach ($project in 'ApiTools.Core', 'ApiTools.Cmdlets') {
        $list = "$root/src/$project/PublicAPI.Unshipped.txt"
        $pattern = [regex]::Escape([IO.Path]::Combine($root, 'src', $project))
        $lines = [Collections.Generic.SortedSet[string]]::new([string[]]@(Get-Content $list | Select-Object -Skip 1), [StringComparer]::Ordinal)
        foreach ($line in $output) {
            if ($line -match "$pattern.*error RS0016: Symbol '(.+?)' is not part") { $changed = $lines.Add($Matches[1]) -or $changed }
            elseif ($line -match "$pattern.*error RS0017: Symbol '(.+?)' is part") { $changed = $lines.Remove($Matches[1]) -or $changed }
        }
        Set-Content $list (@('#nullable enable') + $lines) -Encoding utf8
    }
    if (-not $changed) { break }
}
$output | Where-Object { $_ -match ': error ' } | Select-Object -Unique
