# The README and the guides as their readers meet them: links that lead somewhere, a picture that is true, samples that run. That each block runs,
# and writes what is shown under it, is in Examples.Tests.ps1.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $files = Get-Item "$root/*.md", "$root/docs/*.md", "$root/docs/en-US/*.md" | ForEach-Object { @{ File = $_.FullName.Substring($root.Length + 1).Replace('\', '/') } }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    . "$PSScriptRoot/Common.ps1"
    $readme = (Get-Content "$root/README.md" -Raw) -replace "`r"
    $workflow = (Get-Content "$root/samples/ci/test-script.yml" -Raw) -replace "`r"

    # As GitHub makes the anchors of headings.
    function Get-Anchor([string] $Markdown) {
        [regex]::Matches($Markdown, '(?m)^#{1,6} (.+)$') | ForEach-Object { $_.Groups[1].Value.ToLowerInvariant() -replace '[^\w\- ]' -replace ' ', '-' }
    }

    # What stands in the rows of a picture that ConvertTo-Svg.ps1 made; numbers and blanks, which differ each time, left out.
    function Get-Row([string] $Path) {
        ([xml](Get-Content $Path -Raw)).svg.g.text | Group-Object y | ForEach-Object { ($_.Group.'#text' -join '') -replace '[\d\s.]+' } | Where-Object { $_ -replace '-' }
    }
}

Describe '<File>' -ForEach $files {
    It 'has no link that leads nowhere' {
        $text = (Get-Content "$root/$File" -Raw) -replace "`r" -replace '(?s)(?m)^```.*?^```'
        $targets = [regex]::Matches($text, '(?<!`)\[[^\]]*\]\(([^)\s]+)\)') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -notmatch '^(https?|mailto):' }
        foreach ($target in $targets) {
            $path, $anchor = $target -split '#', 2
            $at = if ($path) { Join-Path (Split-Path "$root/$File") $path } else { "$root/$File" }
            $at | Should -Exist -Because "$File links to $target"
            if ($anchor) { Get-Anchor ((Get-Content $at -Raw) -replace "`r") | Should -Contain $anchor -Because "$File links to $target" }
        }
    }
}

Describe 'The README' {
    It 'can be read at one go' {
        ($readme -split "`n").Count | Should -BeLessThan 330
    }

    It 'has ten recipes, each with something to run' {
        $recipes = @($readme -split '(?m)^## ' | Where-Object { $_ -match '^Ten recipes' })[0] -split '(?m)^### ' | Select-Object -Skip 1
        $recipes | ForEach-Object { [int]($_ -split '\.')[0] } | Should -BeExactly @(1..10)
        foreach ($recipe in $recipes) { $recipe | Should -Match '(?m)^```(powershell\n(?s:.+?)```output|yaml)' -Because ($recipe -split "`n")[0] }
    }

    It 'names each cmdlet once in its table' {
        $table = $readme.Substring($readme.IndexOf("`n## More"))
        $named = [regex]::Matches($table, '`(\w+-Api\w+)`') | ForEach-Object { $_.Groups[1].Value }
        $named | Sort-Object | Should -BeExactly (Import-PowerShellDataFile "$root/module/ApiTools.psd1").CmdletsToExport
    }

    It 'shows of the workflow what is in it' {
        $step = [regex]::Match($readme, '(?s)```yaml\n(.+?)```').Groups[1].Value
        $step | Should -Not -BeNullOrEmpty
        $workflow.Contains($step) | Should -BeTrue
    }

    It 'says of when and of which versions its comparison is' {
        $comparison = @($readme -split '(?m)^## ' | Where-Object { $_ -match '^Other tools' })[0]
        $comparison | Should -Match 'copies of \w+ to \w+ \d{4}'
        $repositories = [regex]::Matches($comparison, '(?m)^\| \[\S+\]\(https://github\.com/\S+\) \d+\.\d+ \|')
        $repositories.Count | Should -Be 5
    }

    It 'has a picture of what a session shows today' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $program = @([Environment]::ProcessPath)
        if ([IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [Environment]::GetCommandLineArgs()[0] }
        $name, $first = @($program) + '-NoProfile', '-File', "$root/tools/New-SessionPicture.ps1", '-Path', "$TestDrive/session.svg"
        & $name @first
        Get-Row "$TestDrive/session.svg" | Should -BeExactly (Get-Row "$root/docs/session.svg") -Because 'dotnet pwsh tools/New-SessionPicture.ps1 makes it anew'
    }
}

Describe 'The sample for CI' {
    It 'passes its own tests, with no key and no network' {
        $out = Invoke-Fresh @"
`$env:PSModulePath = '$root/out' + [IO.Path]::PathSeparator + `$env:PSModulePath
Import-Module '$root/out/tools/Pester/Pester.psd1'
`$result = Invoke-Pester '$root/samples/ci' -Output None -PassThru
"passed: `$(`$result.PassedCount), failed: `$(`$result.FailedCount + `$result.FailedContainersCount)"
`$result.Failed | ForEach-Object { "`$(`$_.ExpandedPath): `$(`$_.ErrorRecord)" }
"@
        ($out -split '\r?\n')[-1] | Should -Be 'passed: 4, failed: 0'
    }

    It 'has tests that fail where the script does not wait, does not go on, or hides a failure' {
        $script = Get-Content "$root/samples/ci/Export-Summary.ps1" -Raw
        $broken = @(
            $script.Replace('if ($failed) { exit 2 }', '')
            $script -replace '(?m)^    Journal .+$'
            $script.Replace("ErrorAction = 'Continue'", "ErrorAction = 'Stop'")
        )
        $folder = New-Item "$TestDrive/broken" -ItemType Directory
        Copy-Item "$root/samples/ci/Export-Summary.Tests.ps1" $folder
        foreach ($text in $broken) {
            $text | Should -Not -Be $script
            Set-Content "$folder/Export-Summary.ps1" $text
            $out = Invoke-Fresh @"
`$env:PSModulePath = '$root/out' + [IO.Path]::PathSeparator + `$env:PSModulePath
Import-Module '$root/out/tools/Pester/Pester.psd1'
"failed: `$((Invoke-Pester '$folder' -Output None -PassThru).FailedCount)"
"@
            ($out -split '\r?\n')[-1] | Should -Match '^failed: [1-4]$'
        }
    }

    It 'has a workflow whose steps in PowerShell are PowerShell' {
        $steps = [regex]::Matches($workflow, '(?m)^        shell: pwsh\n        run: \|\n((?:          .*\n?)+)')
        $steps.Count | Should -BeGreaterThan 0
        foreach ($step in $steps) {
            $tokens = $errors = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($step.Groups[1].Value, [ref] $tokens, [ref] $errors)
            $errors | Should -BeNullOrEmpty
        }
        $workflow | Should -Match '(?m)^        run: dotnet tool restore && dotnet pwsh build\.ps1$'
        $workflow | Should -Not -Match "`t|secrets\."
    }
}
