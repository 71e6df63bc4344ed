<#
.SYNOPSIS
Builds the commit at hand twice, each in a clone and with a compiler of its own, and compares what they stage, byte for byte.
.DESCRIPTION
A release runs it: whoever builds the tag gets the assemblies of the package, before they are signed, and can so check what was published.
Only what is committed is built. Takes as long as two builds from nothing.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$root = Split-Path $PSScriptRoot
$work = Join-Path $root 'out/determinism'
if (Test-Path $work) { Remove-Item $work -Recurse -Force }

# Paths of two lengths: one that got into an assembly would show. A compiler that stays in memory would give its own order of things twice.
$clones = 'one', 'another' | ForEach-Object { Join-Path $work $_ }
# Both before the first build, in which somebody may commit.
foreach ($clone in $clones) {
    git clone --quiet --local $root $clone
    if ($LASTEXITCODE -ne 0) { throw 'git clone failed.' }
}
$hashes = foreach ($clone in $clones) {
    Push-Location $clone
    try { dotnet build src/ApiTools.Cmdlets --configuration Release --nologo --verbosity quiet -p:UseSharedCompilation=false -nodeReuse:false | Out-Host } finally { Pop-Location }
    if ($LASTEXITCODE -ne 0) { throw "The build in $clone failed." }
    $staged = Join-Path $clone 'out/ApiTools'
    , @(Get-ChildItem $staged -Recurse -File | Sort-Object FullName | ForEach-Object { "$($_.FullName.Substring($staged.Length + 1)) $((Get-FileHash $_.FullName).Hash)" })
}
$different = @(Compare-Object $hashes[0] $hashes[1] | ForEach-Object { $_.InputObject -replace ' .*' } | Sort-Object -Unique)
foreach ($file in $different) { "differs: $file" }
"$($hashes[0].Count) files, $($different.Count) different"
exit [int]($different.Count -ne 0)
