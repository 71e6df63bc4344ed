<#
.SYNOPSIS
Imports a module that maintainers need and the build does not: platyPS, PSScriptAnalyzer. Says what to do where it is not installed.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Name)

if (-not (Get-Module $Name -ListAvailable)) {
    throw "$Name is not installed. Run: Install-PSResource $Name. Or add the folder that holds it to `$env:PSModulePath."
}
Import-Module $Name -Global
