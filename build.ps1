<#
.SYNOPSIS
The one entry to whatever is done with this repository: see it, build it, test it, document, check, pack and measure it.
.DESCRIPTION
Needs the .NET SDK that global.json names and nothing else; `dotnet tool restore` brings PowerShell itself:

    dotnet tool restore
    dotnet pwsh build.ps1 Test

In PowerShell 7.4 or later, or in Windows PowerShell 5.1, ./build.ps1 Test runs the tests in the PowerShell at hand. Whatever is written
goes into out/. The exit code is 0 only where everything went well.
.PARAMETER Target
Tour     builds the module and shows what it is for (samples/Tour.ps1).
Build    builds everything; the module is then at out/ApiTools, to be imported. This is what is done where no target is given.
Test     builds, runs the engine's tests (xunit) and the module's (Pester), and ends with "N passed, N failed". The engine's run for PowerShell
         7, and again over the build for Windows PowerShell: on .NET, and on .NET Framework, or Mono where that is found.
Docs     makes the help that ships from docs/: MAML from en-US/*.md, the about topics from about_*.md. Needs platyPS.
Analyze  checks the style of C# (dotnet format) and of PowerShell. Needs PSScriptAnalyzer.
Pack     makes out/pack/ApiTools.<version>.nupkg, as Publish-PSResource would.
Bench    prints how the import, a first call and a call compare with the barest that does the same. Takes minutes, on a machine that does nothing else.
.EXAMPLE
./build.ps1 Tour
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Tour', 'Build', 'Test', 'Docs', 'Analyze', 'Pack', 'Bench')]
    [string] $Target = 'Build'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$out = Join-Path $PSScriptRoot 'out'

# Ends the script where a native command failed: the command has already said why.
function Assert-Success([string] $What) {
    if ($LASTEXITCODE -ne 0) {
        Write-Host "$What failed (exit code $LASTEXITCODE)."
        exit $LASTEXITCODE
    }
}

function Invoke-Build([string] $Project = 'ApiTools.sln') {
    dotnet build (Join-Path $PSScriptRoot $Project) --configuration Release --nologo --verbosity minimal | Out-Host
}

# Runs a script in a new process of the PowerShell at hand: a process can load the module's assembly only once, so this one never does.
function Invoke-Child([string] $Script) {
    $command = @(if ($PSVersionTable.PSEdition -eq 'Desktop') { Join-Path $PSHOME 'powershell.exe' } else { [Environment]::ProcessPath })
    if ([IO.Path]::GetFileNameWithoutExtension($command[0]) -eq 'dotnet') {
        # PowerShell as a .NET tool runs in dotnet: the first argument is its own assembly.
        $command += [Environment]::GetCommandLineArgs()[0]
    }
    $command += '-NoProfile', '-File', (Join-Path $PSScriptRoot $Script)
    $program, $arguments = $command
    & $program $arguments @args | Out-Host
}

# Runs one project of the engine's tests with `dotnet test`, and counts.
function Invoke-EngineTest([string] $Name, [string] $Results) {
    $project = Join-Path $PSScriptRoot "tests/$Name"
    dotnet test $project --configuration Release --no-build --nologo --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory $Results --logger "trx;LogFilePrefix=$Name" | Out-Host
    $broken = $LASTEXITCODE -ne 0
    $sum = @{ passed = 0; failed = 0; skipped = 0 }
    foreach ($file in Get-ChildItem $Results -Filter "$Name*.trx" -ErrorAction Ignore) {
        $counters = ([xml](Get-Content -LiteralPath $file.FullName -Raw)).TestRun.ResultSummary.Counters
        $sum.passed += [int]$counters.passed
        $sum.failed += [int]$counters.failed
        $sum.skipped += $counters.total - $counters.passed - $counters.failed
    }
    # A suite that ran nothing, or broke off, is a failure though no test says so.
    if ($sum.failed -eq 0 -and ($broken -or $sum.passed -eq 0)) { $sum.failed = 1 }
    $sum
}

# They take three or four.
$frameworkMinutes = 10

# Runs the engine's tests for .NET Framework with xunit's own runner, and counts: on Windows as they are, elsewhere with Mono. All of them are
# skipped where there is none; those that the project leaves out are skipped too, so that the same tests are counted wherever they run.
function Invoke-FrameworkTest([string] $Results, [int] $Count) {
    $folder = Join-Path $out 'build/bin/ApiTools.Core.Framework.Tests/release'
    $report = Join-Path $Results 'framework.xml'
    $arguments = @('xunit.console.exe', 'ApiTools.Core.Framework.Tests.dll', '-noshadow', '-nologo', '-xml', $report)
    $mono = $null
    if ($env:OS -ne 'Windows_NT') {
        $mono = Get-Command mono -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if (-not $mono) {
            Write-Host "LEFT OUT: the engine's tests on .NET Framework ($Count of them), for which this machine lacks Mono (Debian, Ubuntu: apt-get install mono-complete)."
            return @{ passed = 0; failed = 0; skipped = $Count; on = 'nothing: Mono is not found' }
        }
    }
    # xunit's runner knows no bound of its own: what hangs would hang for ever.
    $program = if ($mono) { $mono.Source } else { Join-Path $folder $arguments[0] }
    $rest = if ($mono) { $arguments + '-noappdomain' } else { $arguments[1..$arguments.Count] }
    $process = Start-Process $program -ArgumentList ($rest | ForEach-Object { "`"$_`"" }) -WorkingDirectory $folder -NoNewWindow -PassThru
    # Asked for once, so that the exit code is kept.
    $null = $process.Handle
    $hangs = -not $process.WaitForExit($frameworkMinutes * 60 * 1000)
    if ($hangs) {
        Stop-Process -InputObject $process -Force
        Write-Host "The engine's tests on .NET Framework were ended: they had not finished after $frameworkMinutes minutes."
    }
    $broken = $hangs -or $process.ExitCode -ne 0
    $sum = @{ passed = 0; failed = 0; skipped = 0; on = $(if ($mono) { 'Mono' } else { '.NET Framework' }) }
    if (Test-Path $report) {
        foreach ($assembly in ([xml](Get-Content -LiteralPath $report -Raw)).assemblies.assembly) {
            # "errors" is an attribute and an element: what PowerShell calls the property is both.
            $sum.passed += [int]$assembly.GetAttribute('passed')
            $sum.failed += [int]$assembly.GetAttribute('failed') + [int]$assembly.GetAttribute('errors')
            $sum.skipped += [int]$assembly.GetAttribute('skipped')
        }
    }
    if ($sum.failed -eq 0 -and ($broken -or $sum.passed -eq 0)) { $sum.failed = 1 }
    $sum.skipped += [Math]::Max(0, $Count - $sum.passed - $sum.failed - $sum.skipped)
    $sum
}

function Write-Sum([string] $What, $Sum, [string] $Where) {
    Write-Host "${What}: $($Sum.passed) passed, $($Sum.failed) failed, $($Sum.skipped) skipped ($Where)"
}

function Invoke-Test {
    $results = Join-Path $out 'tests'
    if (Test-Path $results) { Remove-Item $results -Recurse }
    $null = New-Item $results -ItemType Directory

    # One after the other: some tests look at how long work takes.
    $engine = Invoke-EngineTest ApiTools.Core.Tests $results
    $portable = Invoke-EngineTest ApiTools.Core.Portable.Tests $results
    $framework = Invoke-FrameworkTest $results ($portable.passed + $portable.failed + $portable.skipped)

    Invoke-Child tests/Pester/Invoke-Suite.ps1 -ResultPath (Join-Path $results 'pester.json')
    $module = @{ passed = 0; failed = 1; skipped = 0 }
    if (Test-Path (Join-Path $results 'pester.json')) { $module = Get-Content (Join-Path $results 'pester.json') -Raw | ConvertFrom-Json }

    Write-Host ''
    Write-Sum 'engine' $engine '.NET'
    Write-Sum 'engine for Windows PowerShell' $portable '.NET'
    Write-Sum 'engine for Windows PowerShell' $framework "on $($framework.on)"
    Write-Sum 'module' $module "PowerShell $($PSVersionTable.PSVersion)"
    $sum = @{}
    foreach ($count in 'passed', 'failed', 'skipped') { $sum[$count] = $engine[$count] + $portable[$count] + $framework[$count] + $module.$count }
    $sum
}

switch ($Target) {
    'Build' {
        Invoke-Build
        Assert-Success 'The build'
    }
    'Tour' {
        Invoke-Build src/ApiTools.Cmdlets
        Assert-Success 'The build'
        Invoke-Child samples/Tour.ps1
        Assert-Success 'The tour'
    }
    'Test' {
        Invoke-Build
        $sum = if ($LASTEXITCODE -eq 0) { Invoke-Test } else { @{ passed = 0; failed = 1; skipped = 0 } }
        $skipped = if ($sum.skipped) { ", $($sum.skipped) skipped" }
        Write-Host "$($sum.passed) passed, $($sum.failed) failed$skipped"
        exit [int]($sum.failed -ne 0)
    }
    'Docs' {
        Invoke-Build src/ApiTools.Cmdlets
        Assert-Success 'The build'
        Invoke-Child tools/Update-Help.ps1
        Assert-Success 'Making the help'
        # Again, so that what is staged has the new help.
        Invoke-Build src/ApiTools.Cmdlets
        Assert-Success 'The build'
    }
    'Analyze' {
        dotnet format (Join-Path $PSScriptRoot 'ApiTools.sln') --verify-no-changes | Out-Host
        Assert-Success 'The check of C#'
        Invoke-Child tools/Test-ScriptStyle.ps1
        Assert-Success 'The check of PowerShell'
    }
    'Pack' {
        Invoke-Build src/ApiTools.Cmdlets
        Assert-Success 'The build'
        Invoke-Child tools/New-Package.ps1
        Assert-Success 'Packing'
    }
    'Bench' {
        Invoke-Build
        Assert-Success 'The build'
        Invoke-Child benchmarks/Measure-Import.ps1
        Assert-Success 'Measuring the import'
        Invoke-Child benchmarks/Measure-FirstCall.ps1
        Assert-Success 'Measuring the first call'
        dotnet run --project (Join-Path $PSScriptRoot 'benchmarks/ApiTools.Benchmarks') --configuration Release --no-build | Out-Host
        Assert-Success 'Measuring a call'
    }
}
