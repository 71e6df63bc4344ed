<#
.SYNOPSIS
Makes out/pack/ApiTools.<version>.nupkg from the module staged at out/ApiTools: the same file that Publish-PSResource sends.
.DESCRIPTION
What is packed is a copy of the staged module, at out/release/ApiTools. Where -ProjectUri is given, the copy's manifest names the
addresses of project, icon, licence and release notes, which the Gallery shows, and the copy's help names the address of each cmdlet's page,
to which Get-Help -Online leads. The repository cannot know under which address it is published, and an address that leads nowhere is worse
than none: without one, PowerShell says that there is no online version. All but the project's are those of the version's tag.
.PARAMETER ProjectUri
The repository's address, such as https://github.com/<owner>/<name>. A release has it; the package has no such addresses where left out.
.PARAMETER CertificatePath
A PFX file: signs scripts, manifest, views and our own assemblies with its certificate. Works on Windows alone.
.PARAMETER CertificatePassword
The file's password; that of the environment variable SIGNING_PASSWORD where left out.
.PARAMETER TimestampServer
Who attests when it was signed, so that signatures outlive the certificate.
.PARAMETER DestinationPath
The folder that gets the package; what it held before is removed.
.EXAMPLE
./build.ps1 Pack
.EXAMPLE
dotnet pwsh tools/New-Package.ps1 -ProjectUri https://github.com/<owner>/<name> -CertificatePath signing.pfx
#>
[CmdletBinding()]
param(
    [ValidatePattern('^https://[^\s'']+[^\s/'']$')] [string] $ProjectUri,
    [string] $CertificatePath,
    [securestring] $CertificatePassword = [Net.NetworkCredential]::new('', $env:SIGNING_PASSWORD).SecurePassword,
    [string] $TimestampServer = 'http://timestamp.digicert.com',
    [string] $DestinationPath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if (-not $DestinationPath) { $DestinationPath = Join-Path $root 'out/pack' }
# Beside the package and never within it: a folder that is registered as a repository holds packages and nothing else.
$module = Join-Path (Split-Path $DestinationPath) 'release/ApiTools'

# Writes the addresses into the manifest's text: Update-ModuleManifest would write a new file without its comments and its order.
function Add-ProjectUri([string] $Path) {
    $text = [IO.File]::ReadAllText($Path)
    $tag = "v$((Import-PowerShellDataFile $Path).ModuleVersion)"
    $addresses = [ordered]@{
        ProjectUri   = $ProjectUri
        IconUri      = "$ProjectUri/raw/$tag/docs/icon.png"
        LicenseUri   = "$ProjectUri/blob/$tag/LICENSE"
        ReleaseNotes = "$ProjectUri/blob/$tag/CHANGELOG.md"
    }
    $indent = ' ' * 12
    $lines = ($addresses.GetEnumerator() | ForEach-Object { "$indent$($_.Key.PadRight(12)) = '$($_.Value)'" }) -join "`n"
    $old = "(?m)^$indent(LicenseUri|ReleaseNotes) +=.*\n"
    if ([regex]::Matches($text, $old).Count -ne 2) { throw "LicenseUri and ReleaseNotes do not stand on a line each in $Path." }
    $text = [regex]::Replace($text, $old, '')
    $text = $text -replace "(?m)^$indent(?=Tags +=)", "$lines`n$indent"
    [IO.File]::WriteAllText($Path, $text)
}

# The first link of a command's help with an address is what Get-Help -Online opens.
function Add-HelpUri([string] $Path, [string] $Tag) {
    $help = [xml]::new()
    $help.PreserveWhitespace = $true
    $help.Load($Path)
    foreach ($command in $help.GetElementsByTagName('command:command')) {
        $name = $command.GetElementsByTagName('command:name')[0].InnerText
        $links = $command.GetElementsByTagName('command:relatedLinks')[0]
        $first = $links.ChildNodes.Where{ $_.Name -eq 'maml:navigationLink' }[0]
        $link = $links.InsertBefore($first.CloneNode($true), $first)
        $null = $links.InsertAfter($links.FirstChild.CloneNode($true), $link)
        $link['maml:linkText'].InnerText = 'Online version'
        $link['maml:uri'].InnerText = "$ProjectUri/blob/$Tag/docs/en-US/$name.md"
    }
    $help.Save($Path)
}

# Only what is ours: the other assemblies have their makers' signatures.
function Add-Signature([string] $Path, [Security.Cryptography.X509Certificates.X509Certificate2] $Certificate, [string] $Server) {
    $files = Get-ChildItem $Path -Recurse -File -Include *.psd1, *.psm1, *.ps1xml, ApiTools.*.dll
    $signatures = $files | ForEach-Object {
        Set-AuthenticodeSignature -LiteralPath $_.FullName -Certificate $Certificate -HashAlgorithm SHA256 -IncludeChain NotRoot -TimestampServer $Server
    }
    $failed = @($signatures | Where-Object Status -NE 'Valid')
    if ($failed) { throw "Not signed: $(($failed | ForEach-Object { "$($_.Path): $($_.StatusMessage)" }) -join '; ')" }
    "signed $(@($signatures).Count) files"
}

if (-not (Get-Command Compress-PSResource -ErrorAction Ignore)) {
    throw 'Packing needs Microsoft.PowerShell.PSResourceGet 1.1 or later. PowerShell 7.5 and later have it: dotnet pwsh build.ps1 Pack. In another: Install-PSResource Microsoft.PowerShell.PSResourceGet.'
}
if ($CertificatePath -and -not (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) {
    throw 'Signing needs Windows: no other system has Set-AuthenticodeSignature. Leave out -CertificatePath, or run this on Windows.'
}
foreach ($folder in $DestinationPath, $module) {
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse }
    $null = New-Item $folder -ItemType Directory
}
Copy-Item "$root/out/ApiTools/*" $module -Recurse
if ($ProjectUri) {
    $manifest = Join-Path $module 'ApiTools.psd1'
    Add-ProjectUri $manifest
    Add-HelpUri (Join-Path $module 'en-US/ApiTools.Cmdlets.dll-Help.xml') "v$((Import-PowerShellDataFile $manifest).ModuleVersion)"
}
if ($CertificatePath) { Add-Signature $module (Get-PfxCertificate -LiteralPath $CertificatePath -Password $CertificatePassword) $TimestampServer }
Compress-PSResource -Path $module -DestinationPath $DestinationPath

$package = Get-Item (Join-Path $DestinationPath '*.nupkg')
$unpacked = Get-ChildItem $module -Recurse -File | Measure-Object Length -Sum
'made {0}: {1:0.0} MB, {2} files of {3:0.0} MB' -f $package.FullName, ($package.Length / 1MB), $unpacked.Count, ($unpacked.Sum / 1MB)
"SHA-256 $((Get-FileHash $package.FullName).Hash)"
if (-not $ProjectUri) { 'It names no project, icon, release notes or online help: a release is made with tools/New-Package.ps1 -ProjectUri.' }
