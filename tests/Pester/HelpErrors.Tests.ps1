# The errors that each page lists under NOTES: all that the cmdlet can write, as far as can be known, and each a code of the catalogue, with a
# link that leads to it. What can be known is what its code can reach (ErrorPaths.cs), and what a test asserts of it. Beside these a service
# can answer with any code: a page says so where a cmdlet asks one.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $cmdlets = Get-Command -Module ApiTools -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    Add-Type -Path "$PSScriptRoot/ErrorPaths.cs"
    $ours = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'ApiTools.Core', 'ApiTools.Cmdlets' }
    $paths = [ErrorPaths]::new($ours)
    $codes = (Get-ApiErrorCode).Code
    $topic = (Get-Content "$root/docs/about_ApiTools_Errors.md" -Raw) -replace "`r"

    # Ids that tests assert: literals such as 'invalid_value,ApiTools.Cmdlets.X', and the arguments of Assert-Failure.
    $asserted = foreach ($file in Get-ChildItem "$PSScriptRoot/*.Tests.ps1") {
        $tokens = $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseFile($file, [ref] $tokens, [ref] $errors)
        foreach ($match in [regex]::Matches($ast.Extent.Text, "'([a-z_0-9]+),ApiTools\.Cmdlets\.(\w+)'")) {
            @{ Cmdlet = $match.Groups[2].Value; Code = $match.Groups[1].Value; File = $file.Name }
        }
        foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'Assert-Failure' }, $true)) {
            $elements = @($call.CommandElements)
            $constants = @($elements | Where-Object { $_ -is [Management.Automation.Language.StringConstantExpressionAst] } | ForEach-Object Value)
            $cmdlet = @($constants -match '^\w+Command$') + 'InvokeApiChatCommand' | Select-Object -First 1
            $code = $elements[2].Value
            if ($code) { @{ Cmdlet = $cmdlet; Code = $code; File = $file.Name } }
        }
    }
}

Describe 'The errors of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $page = (Get-Content "$root/docs/en-US/$Name.md" -Raw) -replace "`r"
        $section = [regex]::Match($page, '(?ms)^### Errors\n(.*?)(?=^##)').Groups[1].Value
        $listed = @([regex]::Matches($section, '\[`([^`]+)`\]\(') | ForEach-Object { $_.Groups[1].Value })
        $type = (Get-Command $Name).ImplementingType
    }

    # The assembly for Windows PowerShell is made of the same code.
    It 'has each code that its own code can reach' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $reached = $paths.Reach($type)
        foreach ($code in $reached.Keys | Where-Object { $_ -in $codes }) { $listed | Should -Contain $code -Because $reached[$code] }
    }

    It 'has each code that a test asserts of it' {
        foreach ($one in $asserted | Where-Object { $_.Cmdlet -eq $type.Name -and $_.Code -in $codes }) { $listed | Should -Contain $one.Code -Because "$($one.File) asserts it" }
    }

    It 'has none that the catalogue has not, and a link for each that leads to it' {
        $listed | Should -Not -BeNullOrEmpty
        foreach ($link in [regex]::Matches($section, '\[`([^`]+)`\]\(([^)]*)\)')) {
            $code = $link.Groups[1].Value
            $codes | Should -Contain $code
            $info = Get-ApiErrorCode $code
            $heading, $anchor = if ($info.Status) { "$code ($($info.Status))", "$code-$($info.Status)" } else { $code, $code }
            $link.Groups[2].Value | Should -BeExactly "../about_ApiTools_Errors.md#$anchor"
            $topic | Should -Match "(?m)^### $([regex]::Escape($heading))$"
        }
        foreach ($word in [regex]::Matches($section, '(?<!\[)`([a-z_0-9]+)`')) { $codes | Should -Not -Contain $word.Groups[1].Value -Because 'a code is a link' }
    }

    It 'ends with where to read on' {
        $section.Trim() | Should -Match '\n\nWhat each means and the command that mends it: `Get-ApiErrorCode <code>`, or about_ApiTools_Errors\.$'
    }
}
