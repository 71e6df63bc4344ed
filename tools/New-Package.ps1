<#
.SYNOPSIS
Makes out/pack/ApiTools.<version>.nupkg from the module staged at out/ApiTools: the same file that Publish-PSResource sends.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot

if (-not (Get-Command Compress-PSResource -ErrorAction Ignore)) {
    throw 'Packing needs Microsoft.PowerShell.PSResourceGet 1.1 or later. PowerShell 7.5 and later have it: dotnet pwsh build.ps1 Pack. In another: Install-PSResource Microsoft.PowerShell.PSResourceGet.'
}
Remove-Item "$root/out/pack" -Recurse -ErrorAction Ignore
$null = New-Item "$root/out/pack" -ItemType Directory
Compress-PSResource -Path "$root/out/ApiTools" -DestinationPath "$root/out/pack"
Get-ChildItem "$root/out/pack" | ForEach-Object { "made $($_.FullName)" }
